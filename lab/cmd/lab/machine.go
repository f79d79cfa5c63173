package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// before is what the machine was like when the lab first came: down puts it back.
type before struct {
	Boot       string            `json:"boot"`
	Sysctls    map[string]string `json:"sysctls"`
	FreshPaths []string          `json:"freshPaths"` // did not exist, so down removes them
	NftTables  []string          `json:"nftTables"`
}

// changedSysctls are those that the lab, the kubelet or the proxy set.
var changedSysctls = []string{
	"net/ipv4/ip_forward", "net/ipv4/conf/all/route_localnet", "vm/overcommit_memory", "vm/panic_on_oom",
	"kernel/panic", "kernel/panic_on_oops", "kernel/keys/root_maxkeys", "kernel/keys/root_maxbytes",
}

// sharedPaths are places outside the lab's folder that containerd, CNI and the kubelet insist on.
var sharedPaths = []string{
	"/run/containerd", "/var/lib/cni", "/run/netns", "/var/log/containers", "/var/log/pods", "/var/lib/kubelet", "/run/xtables.lock",
	"/usr/libexec/kubernetes", "/etc/cni", "/opt/cni", "/opt/containerd",
}

func (l *lab) beforeFile() string { return l.path("before.json") }

func bootID() string {
	content, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(content))
}

// recover removes the remains of a lab that ran before the machine was last started.
func (l *lab) recover() error {
	content, err := os.ReadFile(l.beforeFile())
	if errors.Is(err, os.ErrNotExist) {
		if _, err := os.Stat(l.state); err == nil {
			say("%s holds the remains of a lab that was not started fully; removing them", l.state)
			return l.clean()
		}
		return nil
	}
	if err != nil {
		return err
	}
	var b before
	if err := json.Unmarshal(content, &b); err != nil || b.Boot != bootID() {
		say("the machine was restarted since the lab ran; removing what is left of it")
		return l.clean()
	}
	return nil
}

// prepareMachine makes the lab's folder, having remembered what the machine was like.
func (l *lab) prepareMachine() error {
	if _, err := os.Stat(l.beforeFile()); err != nil {
		if err := l.remember(); err != nil {
			return err
		}
	}
	for _, folder := range []string{l.runDir(), l.logDir(), l.binDir(), l.path("processes"), l.path("home"), l.path("config")} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	return errors.Join(makeCgroups(), l.linkTools())
}

func (l *lab) remember() error {
	b := before{Boot: bootID(), Sysctls: map[string]string{}, NftTables: nftTables()}
	for _, name := range changedSysctls {
		if content, err := os.ReadFile(filepath.Join("/proc/sys", name)); err == nil {
			b.Sysctls[name] = strings.TrimSpace(string(content))
		}
	}
	for _, path := range sharedPaths {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			b.FreshPaths = append(b.FreshPaths, path)
		}
	}
	content, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(l.beforeFile(), content, 0o644)
}

func nftTables() []string {
	output, err := exec.Command("nft", "list", "tables").Output()
	if err != nil {
		return nil
	}
	var tables []string
	for line := range strings.Lines(string(output)) {
		if table, found := strings.CutPrefix(strings.TrimSpace(line), "table "); found {
			tables = append(tables, table)
		}
	}
	return tables
}

// network makes the bridge that pods hang on; the host is its first address, so pods reach what the lab binds there.
func (l *lab) network() part {
	return part{name: "network", prepare: func() error {
		if _, err := os.Stat(filepath.Join("/sys/class/net", bridge)); err != nil {
			if output, err := exec.Command("ip", "-o", "-4", "route", "show", "root", podCIDR).Output(); err == nil && len(output) > 0 {
				return fmt.Errorf("the lab's pods live in %s, which this machine already routes elsewhere: %s", podCIDR, strings.TrimSpace(string(output)))
			}
			if err := quiet("ip", "link", "add", bridge, "type", "bridge"); err != nil {
				return err
			}
		}
		if err := quiet("ip", "address", "replace", bridgeAddress+"/24", "dev", bridge); err != nil {
			return err
		}
		if err := quiet("ip", "link", "set", bridge, "up"); err != nil {
			return err
		}
		// Service addresses are rewritten on their way; with this route they never leave the machine, whatever its default route.
		if err := quiet("ip", "route", "replace", serviceCIDR, "dev", bridge); err != nil {
			return err
		}
		return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0o644)
	}}
}
