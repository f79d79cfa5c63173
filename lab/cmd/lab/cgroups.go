package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// cgroupRoot holds the cgroups of all pods. It is the lab's own, so that pods of another kubelet are never taken for the lab's.
const cgroupRoot = "slipway-lab"

// makeCgroups makes the lab's cgroup in every hierarchy, which the kubelet expects to find.
func makeCgroups() error {
	if _, err := os.Stat("/sys/fs/cgroup/cgroup.controllers"); err == nil {
		return os.MkdirAll(filepath.Join("/sys/fs/cgroup", cgroupRoot), 0o755)
	}
	hierarchies, err := filepath.Glob("/sys/fs/cgroup/*/cgroup.procs")
	if err != nil || len(hierarchies) == 0 {
		return errors.New("this machine has no cgroups at /sys/fs/cgroup, without which no pod runs")
	}
	for _, file := range hierarchies {
		hierarchy := filepath.Dir(file)
		folder := filepath.Join(hierarchy, cgroupRoot)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		// A new cpuset is empty, and nothing runs in it until it has what its parent has.
		for _, name := range []string{"cpuset.cpus", "cpuset.mems"} {
			content, err := os.ReadFile(filepath.Join(hierarchy, name))
			if err != nil {
				continue // not the hierarchy of cpusets
			}
			if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
				return fmt.Errorf("%s of the lab's cgroup cannot be set: %w", name, err)
			}
		}
	}
	return nil
}

// labCgroups are the tops of the lab's cgroups, one per hierarchy.
func labCgroups() []string {
	found, _ := filepath.Glob("/sys/fs/cgroup/*/" + cgroupRoot)
	if top := filepath.Join("/sys/fs/cgroup", cgroupRoot); isFolder(top) {
		found = append(found, top)
	}
	return found
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
