package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// down leaves the machine as it was before the lab first came.
func (l *lab) down() error {
	if os.Geteuid() != 0 {
		return errors.New("taking the lab down needs root, as bringing it up did")
	}
	unlock, err := l.lock()
	if err != nil {
		return err
	}
	defer unlock()
	if err := l.clean(); err != nil {
		return err
	}
	if err := l.writeSection(labSection, ""); err != nil {
		return err
	}
	say("the lab is down; its built tools stay in %s", l.cache)
	return nil
}

// clean removes everything of the lab, in whatever state it is: it asks none of the lab's programs for help.
func (l *lab) clean() error {
	remembered := l.remembered()
	steps := []struct {
		what string
		do   func() error
	}{
		{"processes", l.killProcesses},
		{"containers", l.killContainers},
		{"mounts", l.unmount},
		{"network", removeNetwork},
		{"firewall rules", func() error { return removeFirewall(remembered) }},
		{"cgroups", removeCgroups},
		{"kernel settings", func() error { return restoreSysctls(remembered) }},
		{"files", func() error { return l.removeFiles(remembered) }},
	}
	var problems []error
	for _, step := range steps {
		if err := step.do(); err != nil {
			problems = append(problems, fmt.Errorf("removing %s: %w", step.what, err))
		}
	}
	return errors.Join(problems...)
}

func (l *lab) remembered() before {
	var b before
	if content, err := os.ReadFile(l.beforeFile()); err == nil {
		json.Unmarshal(content, &b)
	}
	if b.Boot != bootID() {
		b.Sysctls = nil // those were of another life of the machine
	}
	return b
}

// killProcesses ends what has a record, and everything that carries the lab's mark. Nothing of it needs to say goodbye:
// its data is removed next.
func (l *lab) killProcesses() error {
	for _, p := range l.parts() {
		if p.process == nil {
			continue
		}
		if running, alive := l.record(p.name); alive {
			syscall.Kill(running.Pid, syscall.SIGKILL)
		}
	}
	return killUntilGone(l.marked)
}

// marked finds the processes that inherited the lab's mark: those without a record too, such as containerd's shims.
func (l *lab) marked() []int {
	mark := []byte(l.mark())
	var found []int
	for _, pid := range allPids() {
		environment, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
		if err != nil || pid == os.Getpid() {
			continue
		}
		if slices.ContainsFunc(bytes.Split(environment, []byte{0}), func(one []byte) bool { return bytes.Equal(one, mark) }) && startTime(pid) != "" {
			found = append(found, pid)
		}
	}
	return found
}

func allPids() []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	var pids []int
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

func (l *lab) killContainers() error { return killUntilGone(podProcesses) }

// podProcesses are those in the cgroups that the kubelet makes for pods, all of which are below the lab's own.
func podProcesses() []int {
	var found []int
	for _, top := range labCgroups() {
		filepath.WalkDir(top, func(path string, entry os.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return nil
			}
			content, _ := os.ReadFile(filepath.Join(path, "cgroup.procs"))
			for _, field := range strings.Fields(string(content)) {
				if pid, err := strconv.Atoi(field); err == nil && pid > 1 && startTime(pid) != "" && !slices.Contains(found, pid) {
					found = append(found, pid)
				}
			}
			return nil
		})
	}
	return found
}

func killUntilGone(find func() []int) error {
	for end := time.Now().Add(10 * time.Second); ; {
		pids := find()
		if len(pids) == 0 {
			return nil
		}
		for _, pid := range pids {
			syscall.Kill(pid, syscall.SIGKILL)
		}
		if time.Now().After(end) {
			return fmt.Errorf("these processes do not end: %v", pids)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func removeCgroups() error {
	var problems []error
	for _, top := range labCgroups() {
		var folders []string
		filepath.WalkDir(top, func(path string, entry os.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				folders = append(folders, path)
			}
			return nil
		})
		slices.Reverse(folders) // children before their parents
		for _, folder := range folders {
			problems = append(problems, removeCgroup(folder))
		}
	}
	return errors.Join(problems...)
}

// removeCgroup tries for a while: the kernel lets go of ended processes a little after they are gone.
func removeCgroup(folder string) error {
	for end := time.Now().Add(3 * time.Second); ; {
		err := syscall.Rmdir(folder)
		if err == nil || errors.Is(err, syscall.ENOENT) {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("%s: %w", folder, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// unmount removes the mounts below the lab's folder: containers' file systems, their volumes, and pinned network namespaces.
func (l *lab) unmount() error {
	for range 5 {
		mounts, err := l.mounts()
		if err != nil {
			return err
		}
		if len(mounts) == 0 {
			return nil
		}
		slices.Reverse(mounts)
		for _, mount := range mounts {
			syscall.Unmount(mount, syscall.MNT_DETACH)
		}
	}
	mounts, err := l.mounts()
	if err == nil && len(mounts) > 0 {
		err = fmt.Errorf("these mounts stay: %s", strings.Join(mounts, ", "))
	}
	return err
}

func (l *lab) mounts() ([]string, error) {
	content, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return nil, err
	}
	var mounts []string
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) > 4 && strings.HasPrefix(fields[4], l.state+"/") {
			mounts = append(mounts, fields[4])
		}
	}
	return mounts, nil
}

// removeNetwork removes the bridge and what hangs on it.
func removeNetwork() error {
	ports, _ := os.ReadDir(filepath.Join("/sys/class/net", bridge, "brif"))
	for _, port := range ports {
		exec.Command("ip", "link", "delete", port.Name()).Run() // it may go by itself, with its pod's namespace
	}
	if _, err := os.Stat(filepath.Join("/sys/class/net", bridge)); err != nil {
		return nil
	}
	return quiet("ip", "link", "delete", bridge)
}

func restoreSysctls(b before) error {
	var problems []error
	for name, value := range b.Sysctls {
		path := filepath.Join("/proc/sys", name)
		if now, err := os.ReadFile(path); err == nil && strings.TrimSpace(string(now)) == value {
			continue
		}
		problems = append(problems, os.WriteFile(path, []byte(value), 0o644))
	}
	return errors.Join(problems...)
}

// removeFiles removes the lab's folder, and outside it what was not there before.
func (l *lab) removeFiles(b before) error {
	links, _ := filepath.Glob("/var/log/containers/*.log")
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && strings.HasPrefix(target, l.state+"/") {
			os.Remove(link)
		}
	}
	for _, path := range b.FreshPaths {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return os.RemoveAll(l.state)
}
