package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// debianPackage is a package and a program of it: when the program is there, whoever installed it, the package is not needed.
type debianPackage struct {
	name     string
	programs []string
	service  string // the systemd unit that the package brings and that must not run beside the lab
}

var debianPackages = []debianPackage{
	{name: "etcd-server", programs: []string{"/usr/bin/etcd"}, service: "etcd"},
	{name: "containerd", programs: []string{"/usr/bin/containerd"}, service: "containerd"},
	{name: "runc", programs: []string{"/usr/sbin/runc", "/usr/bin/runc"}},
	{name: "containernetworking-plugins", programs: []string{"/usr/lib/cni/bridge"}},
	{name: "docker-registry", programs: []string{"/usr/bin/docker-registry"}, service: "docker-registry"},
	{name: "iptables", programs: []string{"/usr/sbin/iptables", "/sbin/iptables"}},
	{name: "nftables", programs: []string{"/usr/sbin/nft", "/sbin/nft"}},
	{name: "conntrack", programs: []string{"/usr/sbin/conntrack"}},
	{name: "iproute2", programs: []string{"/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"}},
	{name: "mount", programs: []string{"/usr/bin/mount", "/bin/mount"}},
	{name: "ca-certificates", programs: []string{"/usr/sbin/update-ca-certificates"}},
}

func (p debianPackage) present() bool {
	for _, program := range p.programs {
		if _, err := os.Stat(program); err == nil {
			return true
		}
	}
	return false
}

// installPackages installs what is missing, without letting a package start its service.
func installPackages() error {
	var missing []debianPackage
	var names []string
	for _, p := range debianPackages {
		if !p.present() {
			missing = append(missing, p)
			names = append(names, p.name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return fmt.Errorf("these Debian packages are missing, and there is no apt-get to install them: %s. "+
			"Install what they contain by hand, then run `make lab` again", strings.Join(names, " "))
	}
	say("installing Debian packages: %s", strings.Join(names, " "))
	allow, err := forbidServices()
	if err != nil {
		return err
	}
	defer allow()
	if err := aptGet(append([]string{"install", "-y", "--no-install-recommends"}, names...)...); err != nil {
		say("  not found with the package lists of this machine, which are now brought up to date")
		if err := aptGet("update"); err != nil {
			return err
		}
		if err := aptGet(append([]string{"install", "-y", "--no-install-recommends"}, names...)...); err != nil {
			return err
		}
	}
	for _, p := range missing {
		if !p.present() {
			return fmt.Errorf("the package %s was installed, but none of %s is there", p.name, strings.Join(p.programs, ", "))
		}
		if p.service != "" {
			if systemctl, err := exec.LookPath("systemctl"); err == nil {
				exec.Command(systemctl, "disable", p.service).Run() // not at the next boot either; without systemd there is nothing to disable
			}
		}
	}
	return nil
}

func aptGet(arguments ...string) error {
	command := exec.Command("apt-get", append([]string{"-q", "-o", "DPkg::Lock::Timeout=120"}, arguments...)...)
	command.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("`apt-get %s` failed: %w\n%s", strings.Join(arguments, " "), err, tail(string(output), 15))
	}
	return nil
}

// forbidServices makes Debian's packages not start their services, unless the machine has a policy of its own.
func forbidServices() (undo func(), err error) {
	const policy = "/usr/sbin/policy-rc.d"
	if _, err := os.Stat(policy); err == nil {
		return func() {}, nil
	}
	if err := os.WriteFile(policy, []byte("#!/bin/sh\nexit 101\n"), 0o755); err != nil {
		return nil, err
	}
	return func() { os.Remove(policy) }, nil
}
