package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a long-running program of the lab. When its command line or one of its files changes, it is restarted.
type process struct {
	name  string
	argv  []string
	env   []string
	files []string
}

// record is what is remembered of a started process. The start time tells it from another one that got its pid.
type record struct {
	Pid         int    `json:"pid"`
	Start       string `json:"start"`
	Fingerprint string `json:"fingerprint"`
}

// mark is in the environment of everything that the lab starts and of what that starts in turn, except pods.
func (l *lab) mark() string { return "SLIPWAY_LAB_PROCESS_OF=" + l.state }

func (p process) fingerprint() (string, error) {
	hash := sha256.New()
	executable, err := filepath.EvalSymlinks(p.argv[0])
	if err != nil {
		return "", fmt.Errorf("%s cannot be started: %w", p.name, err)
	}
	fmt.Fprintln(hash, executable, p.argv, p.env)
	for _, file := range p.files {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		hash.Write(content)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func (l *lab) recordFile(name string) string { return l.path("processes", name+".json") }

func (l *lab) record(name string) (record, bool) {
	var r record
	content, err := os.ReadFile(l.recordFile(name))
	if err != nil || json.Unmarshal(content, &r) != nil {
		return record{}, false
	}
	return r, r.alive()
}

func (r record) alive() bool { return r.Pid > 0 && r.Start != "" && startTime(r.Pid) == r.Start }

// startTime is field 22 of /proc/PID/stat; empty when there is no such process, or only its remains.
func startTime(pid int) string {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return ""
	}
	fields := strings.Fields(string(content)[strings.LastIndex(string(content), ")")+1:])
	if len(fields) < 20 || fields[0] == "Z" || fields[0] == "X" {
		return ""
	}
	return fields[19]
}

// ensure starts the process unless it runs already as wanted. The channel is closed when it ends early.
func (l *lab) ensure(p process) (started bool, ended <-chan struct{}, err error) {
	wanted, err := p.fingerprint()
	if err != nil {
		return false, nil, err
	}
	if running, alive := l.record(p.name); alive {
		if running.Fingerprint == wanted {
			favour(running.Pid)
			return false, nil, nil
		}
		say("  %s has new settings and is restarted", p.name)
		running.stop(5 * time.Second)
	}
	ended, err = l.start(p, wanted)
	return true, ended, err
}

// stopUnrecorded ends a process that an up started and did not live to record: it would have the port of its successor.
func (l *lab) stopUnrecorded(p process) {
	commandLine := strings.Join(p.argv, "\x00") + "\x00"
	for _, pid := range l.marked() {
		if found, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)); err == nil && string(found) == commandLine {
			record{Pid: pid, Start: startTime(pid)}.stop(5 * time.Second)
		}
	}
}

func (l *lab) start(p process, fingerprint string) (<-chan struct{}, error) {
	log, err := os.OpenFile(filepath.Join(l.logDir(), p.name+".log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	if info, err := log.Stat(); err == nil && info.Size() > 50<<20 {
		log.Truncate(0)
	}
	fmt.Fprintf(log, "--- lab: starting %s at %s\n", p.name, time.Now().Format(time.RFC3339))
	command := exec.Command(p.argv[0], p.argv[1:]...)
	command.Dir = l.state
	command.Stdout, command.Stderr = log, log
	command.Env = append([]string{"PATH=" + l.binDir() + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin",
		"HOME=" + l.path("home"), l.mark()}, p.env...)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("%s cannot be started: %w", p.name, err)
	}
	r := record{Pid: command.Process.Pid, Start: startTime(command.Process.Pid), Fingerprint: fingerprint}
	favour(r.Pid)
	ended := make(chan struct{})
	go func() {
		command.Wait()
		close(ended)
	}()
	content, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(l.recordFile(p.name), content, 0o644); err != nil {
		return nil, err
	}
	return ended, os.WriteFile(filepath.Join(l.runDir(), p.name+".pid"), []byte(strconv.Itoa(r.Pid)+"\n"), 0o644)
}

// favour gives the process's session more than its share when others want the processor: builds and tests run beside
// the lab, and must not make its weight changes look slow. Pods have sessions of their own and an ordinary share.
func favour(pid int) {
	os.WriteFile(fmt.Sprintf("/proc/%d/autogroup", pid), []byte("-10"), 0o644) // a kernel without that knows no sessions
}

// stop asks the process to end, and kills it after the grace period.
func (r record) stop(grace time.Duration) {
	if !r.alive() {
		return
	}
	syscall.Kill(r.Pid, syscall.SIGTERM)
	for end := time.Now().Add(grace); r.alive() && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if r.alive() {
		syscall.Kill(r.Pid, syscall.SIGKILL)
	}
	for end := time.Now().Add(5 * time.Second); r.alive() && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
}

// writeFile writes a file whose folder may not exist yet, at once: a reader sees the old or the new content.
func writeFile(path string, content []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temporary := path + ".new"
	if err := os.WriteFile(temporary, content, mode); err != nil {
		return err
	}
	return errors.Join(os.Chmod(temporary, mode), os.Rename(temporary, path))
}

// quiet runs a command and gives its output back in the error only.
func quiet(name string, arguments ...string) error {
	if output, err := exec.Command(name, arguments...).CombinedOutput(); err != nil {
		return fmt.Errorf("`%s %s` failed: %w: %s", name, strings.Join(arguments, " "), err, strings.TrimSpace(string(output)))
	}
	return nil
}
