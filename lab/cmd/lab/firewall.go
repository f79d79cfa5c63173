package main

import (
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// removeFirewall removes the chains of Kubernetes and of the pods' network, the rules that lead there, and the tables
// that came into being with them. Other rules are left as they are.
func removeFirewall(b before) error {
	problems := []error{}
	for _, family := range []string{"iptables", "ip6tables"} {
		saved, err := exec.Command(family + "-save").Output()
		if err != nil {
			continue // no such tool, or the kernel has no such family: then nothing was added with it
		}
		if script := removalScript(string(saved)); script != "" {
			command := exec.Command(family+"-restore", "--noflush", "--wait=5")
			command.Stdin = strings.NewReader(script)
			if output, err := command.CombinedOutput(); err != nil {
				problems = append(problems, fmt.Errorf("%s-restore: %w: %s", family, err, strings.TrimSpace(string(output))))
			}
		}
	}
	for _, table := range nftTables() {
		if !slices.Contains(b.NftTables, table) && emptyTable(table) {
			problems = append(problems, quiet("nft", append([]string{"delete", "table"}, strings.Fields(table)...)...))
		}
	}
	return errors.Join(problems...)
}

// removalScript is what iptables-restore needs to forget the lab's chains, given what iptables-save says.
func removalScript(saved string) string {
	var script strings.Builder
	table, flush, rules, chains := "", "", "", ""
	for line := range strings.Lines(saved) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "*"):
			table, flush, rules, chains = line, "", "", ""
		case strings.HasPrefix(line, ":"):
			if name := strings.Fields(line[1:])[0]; ownChain(name) {
				flush += "-F " + name + "\n"
				chains += "-X " + name + "\n"
			}
		case strings.HasPrefix(line, "-A "):
			if !ownChain(strings.Fields(line)[1]) && leadsToOwnChain(line) {
				rules += "-D " + line[3:] + "\n"
			}
		case line == "COMMIT" && flush+rules != "":
			script.WriteString(table + "\n" + rules + flush + chains + "COMMIT\n")
		}
	}
	return script.String()
}

func ownChain(name string) bool {
	return strings.HasPrefix(name, "KUBE-") || strings.HasPrefix(name, "CNI-")
}

func leadsToOwnChain(rule string) bool {
	fields := strings.Fields(rule)
	for i, field := range fields[:len(fields)-1] {
		if (field == "-j" || field == "-g") && ownChain(fields[i+1]) {
			return true
		}
	}
	return false
}

// emptyTable tells whether a table has no rules and no chains but the empty standard ones.
func emptyTable(table string) bool {
	output, err := exec.Command("nft", append([]string{"list", "table"}, strings.Fields(table)...)...).Output()
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(output)) {
		line = strings.TrimSpace(line)
		if line == "" || line == "}" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "table ") ||
			strings.HasPrefix(line, "chain ") || strings.HasPrefix(line, "type ") {
			continue
		}
		return false
	}
	return true
}
