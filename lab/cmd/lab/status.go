package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// status prints one line per part. It fails when one of them is not running or not ready.
func (l *lab) status() error {
	if os.Geteuid() != 0 {
		return errors.New("asking the lab's parts how they are needs root, as starting them did")
	}
	if _, err := os.Stat(l.state); err != nil {
		return errors.New("the lab is not up on this machine; `make lab` starts it")
	}
	broken := []string{}
	for _, p := range l.parts() {
		if p.process == nil && p.ready == nil {
			continue
		}
		state, pid := "ready", ""
		if p.process != nil {
			running, alive := l.record(p.name)
			if pid = fmt.Sprint(running.Pid); !alive {
				state, pid = "NOT RUNNING", ""
			}
		}
		if p.ready != nil && state == "ready" {
			if err := p.ready(); err != nil {
				state = "NOT READY: " + tail(err.Error(), 1)
			}
		}
		if state != "ready" {
			broken = append(broken, p.name)
		}
		fmt.Printf("%-24s %-8s %-40s %s\n", p.name, pid, strings.Join(p.listens, " "), state)
	}
	if len(broken) > 0 {
		return fmt.Errorf("not well: %s. `make lab` repairs it; `lab/lab logs %s` says more", strings.Join(broken, ", "), broken[0])
	}
	return nil
}

// logs shows what a part has written, with the arguments of tail.
func (l *lab) logs(arguments []string) error {
	files, err := filepath.Glob(filepath.Join(l.logDir(), "*.log"))
	if err != nil {
		return err
	}
	names := []string{}
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".log"))
	}
	if len(arguments) > 0 {
		for i, name := range names {
			if name != arguments[0] {
				continue
			}
			program, err := exec.LookPath("tail")
			if err != nil {
				return err
			}
			return syscall.Exec(program, append(append([]string{"tail", "-n", "200"}, arguments[1:]...), files[i]), os.Environ())
		}
	}
	return fmt.Errorf("usage: lab/lab logs PART [-f], where PART is one of %s", strings.Join(names, ", "))
}
