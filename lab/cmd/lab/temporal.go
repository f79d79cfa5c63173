package main

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// searchAttributes are those that releases are found by; without them the product's workers refuse to start.
var searchAttributes = []string{
	"SlipwayService", "SlipwayVersion", "SlipwayEnvironment", "SlipwayPhase", "SlipwayWaitingFor", "SlipwayOutcome",
}

// temporal is the development server with its web interface, on a file, so that a restart loses nothing.
func (l *lab) temporal() part {
	argv := []string{l.tool("temporal"), "server", "start-dev", "--db-filename", l.path("temporal", "temporal.db"),
		"--ip", host(temporalAddress), "--port", port(temporalAddress),
		"--ui-ip", host(temporalUIAddress), "--ui-port", port(temporalUIAddress), "--log-level", "warn"}
	for _, name := range searchAttributes {
		argv = append(argv, "--search-attribute", name+"=Keyword")
	}
	return part{name: "temporal", listens: []string{temporalAddress, temporalUIAddress},
		prepare: func() error {
			return writeFile(l.path("temporal", "README"), []byte("The database of the lab's Temporal server.\n"), 0o644)
		},
		process: &process{name: "temporal", argv: argv, env: []string{"TEMPORAL_DISABLE_ENV_CONFIG=true"}},
		ready: func() error {
			// The port opens before the server answers and before the search attributes are there.
			return errors.Join(connects("tcp", temporalAddress), httpOK("http://"+temporalUIAddress+"/"), l.temporalAnswers())
		},
	}
}

// temporalRelay lets pods reach Temporal.
func (l *lab) temporalRelay() part {
	return part{name: "temporal-relay", needs: []string{"network"}, listens: []string{temporalBridge},
		process: &process{name: "temporal-relay", argv: []string{filepath.Join(l.program, "relay"), temporalBridge, temporalAddress}},
		ready:   func() error { return connects("tcp", temporalBridge) },
	}
}

func (l *lab) temporalAnswers() error {
	output, err := exec.Command(l.tool("temporal"), "operator", "search-attribute", "list",
		"--address", temporalAddress, "--command-timeout", "3s", "--color", "never").CombinedOutput()
	if err != nil {
		return fmt.Errorf("temporal does not answer: %w: %s", err, tail(string(output), 3))
	}
	for _, name := range searchAttributes {
		if !strings.Contains(string(output), name) {
			return fmt.Errorf("the search attribute %s is not registered yet", name)
		}
	}
	// Only this question goes through the server's inner services; the one above is answered at the front.
	output, _ = exec.Command(l.tool("temporal"), "workflow", "describe", "--workflow-id", "none-such",
		"--address", temporalAddress, "--command-timeout", "3s", "--color", "never").CombinedOutput()
	if !strings.Contains(string(output), "not found") {
		return fmt.Errorf("temporal's history service does not answer: %s", tail(string(output), 3))
	}
	return nil
}
