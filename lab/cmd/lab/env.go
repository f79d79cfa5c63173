package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// lab/env has sections, so that `make lab` and `make up` each replace their own and keep the other's.
const labSection = "lab"

var sectionName = regexp.MustCompile(`^[a-z][a-z-]*$`)

func (l *lab) envFile() string { return filepath.Join(l.checkout, "lab", "env") }

func sectionMarks(name string) (begin, end string) {
	return "# >>> " + name + " >>>\n", "# <<< " + name + " <<<\n"
}

func (l *lab) writeEnv() error {
	var text strings.Builder
	line := func(name, value string) { fmt.Fprintf(&text, "export %s='%s'\n", name, value) }
	line("KUBECONFIG", l.kubeconfig("admin"))
	for _, environment := range environments {
		line("KUBECONFIG_"+strings.ToUpper(environment), l.kubeconfig(environment))
	}
	line("TEMPORAL_ADDRESS", temporalAddress)
	line("TEMPORAL_UI", "http://"+temporalUIAddress)
	line("PROMETHEUS_URL", "http://"+prometheusLocal)
	line("GATEWAY_URL", "http://"+gatewayAddress)
	line("GATEWAY_API", "http://"+gatewayAPIAddress)
	line("GATEWAY_NAME", gatewayName)
	line("GATEWAY_NAMESPACE", gatewayNamespace)
	line("REGISTRY", registryAddress)
	line("HELM", l.tool("helm"))
	line("KUBECTL", l.tool("kubectl"))
	line("LAB_RUN", l.runDir())
	fmt.Fprintf(&text, "case \":$PATH:\" in *:%s:*) ;; *) export PATH=\"%s:$PATH\" ;; esac\n", l.binDir(), l.binDir())
	return l.writeSection(labSection, text.String())
}

// replaceEnvSection is the command env-section: what is on stdin becomes the section's content.
func (l *lab) replaceEnvSection(arguments []string) error {
	if len(arguments) != 1 || !sectionName.MatchString(arguments[0]) || arguments[0] == labSection {
		return errors.New("usage: lab/lab env-section NAME < TEXT, where NAME is in lower-case letters and not \"lab\"")
	}
	content, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	return l.writeSection(arguments[0], string(content))
}

// writeSection replaces one section of lab/env and keeps the rest. A file without content is removed.
func (l *lab) writeSection(name, content string) error {
	old, err := os.ReadFile(l.envFile())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	text := replaceSection(string(old), name, content)
	if text == "" {
		if err := os.Remove(l.envFile()); !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return nil
	}
	if bytes.Equal(old, []byte(text)) {
		return os.Chmod(l.envFile(), 0o600)
	}
	if err := writeFile(l.envFile(), []byte(text), 0o600); err != nil {
		return err
	}
	return giveToCaller(l.envFile())
}

func replaceSection(old, name, content string) string {
	begin, end := sectionMarks(name)
	head, rest, found := strings.Cut(old, begin)
	foot := ""
	if found {
		if _, after, closed := strings.Cut(rest, end); closed {
			foot = after
		}
	}
	if content == "" {
		return head + foot
	}
	if !strings.HasSuffix(content, "\n") {
		content += "\n"
	}
	return head + begin + content + end + foot
}

func (l *lab) printSummary() {
	environmentFiles := []string{}
	for _, environment := range environments {
		environmentFiles = append(environmentFiles, l.kubeconfig(environment))
	}
	slices.Sort(environmentFiles)
	fmt.Printf(`The lab is up. In a shell: . lab/env
  KUBECONFIG        %s
  workers           %s
  Temporal          %s, UI http://%s
  Prometheus        http://%s
  gateway           http://%s (routes by host name), its API http://%s/api/rawdata
  registry          %s (plain HTTP)
  make lab-status   what runs; lab/lab logs PART shows what a part says; make lab-down removes all of it
`, l.kubeconfig("admin"), strings.Join(environmentFiles, " "), temporalAddress, temporalUIAddress,
		prometheusLocal, gatewayAddress, gatewayAPIAddress, registryAddress)
}
