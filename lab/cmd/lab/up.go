package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// part is one thing that the lab runs or sets up. It begins when all that it needs is ready.
type part struct {
	name    string
	needs   []string
	listens []string      // addresses that nobody else may have
	prepare func() error  // what must be done before, every time
	process *process      // nil for what is set up and does not run
	ready   func() error  // polled until it says nil
	renewed string        // restarted when that part was started, instead of waiting until it tries to reach it again
	within  time.Duration // how long ready may take; a minute unless told
}

// up brings everything to the wanted state, whatever is there now: nothing, all, or what a crash left.
func (l *lab) up() error {
	if os.Geteuid() != 0 {
		return errors.New("the lab needs root, for containers, a network bridge and Debian packages: run `sudo -E env PATH=\"$PATH\" make lab`")
	}
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("the lab is built with Go 1.26 or newer, and there is no go on PATH")
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	unlock, err := l.lock()
	if err != nil {
		return err
	}
	defer unlock()
	if err := l.recover(); err != nil {
		return err
	}
	built := make(chan error, 1)
	go func() { built <- l.buildTools() }()
	if err := errors.Join(installPackages(), <-built); err != nil {
		return err
	}
	if err := l.prepareMachine(); err != nil {
		return err
	}
	parts := l.parts()
	if err := l.checkPorts(parts); err != nil {
		return err
	}
	say("starting the lab")
	if err := l.runParts(ctx, parts); err != nil {
		return err
	}
	if err := l.writeEnv(); err != nil {
		return err
	}
	l.printSummary()
	return nil
}

func (l *lab) parts() []part {
	return []part{
		l.certificates(), l.network(),
		l.etcd(), l.apiServer(), l.controllerManager(), l.scheduler(),
		l.registry(), l.pauseImage(), l.containerd(), l.kubelet(), l.kubeProxy(),
		l.cluster(), l.dns(), l.gateway(), l.gatewayObjects(), l.prometheus(), l.temporal(), l.temporalRelay(), l.node(),
	}
}

// runParts starts every part as soon as those that it needs are ready.
func (l *lab) runParts(ctx context.Context, parts []part) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	done := map[string]chan struct{}{}
	for _, p := range parts {
		done[p.name] = make(chan struct{})
	}
	var wait sync.WaitGroup
	started := &sync.Map{}
	for _, p := range parts {
		wait.Go(func() {
			for _, need := range p.needs {
				select {
				case <-done[need]:
				case <-ctx.Done():
					return
				}
			}
			if err := l.runPart(ctx, p, started); err != nil {
				cancel(fmt.Errorf("%s: %w", p.name, err))
				return
			}
			close(done[p.name])
		})
	}
	wait.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return fmt.Errorf("%w\nWhat runs is left running for a look: `make lab-status`, `lab/lab logs PART`. `make lab` tries again, `make lab-down` removes all of it", cause)
	}
	return nil
}

func (l *lab) runPart(ctx context.Context, p part, started *sync.Map) error {
	since := time.Now()
	if p.prepare != nil {
		if err := p.prepare(); err != nil {
			return err
		}
	}
	how := "ready"
	if p.process != nil {
		if _, fresh := started.Load(p.renewed); fresh {
			running, _ := l.record(p.name)
			running.stop(3 * time.Second)
		}
		fresh, err := l.keepUntilReady(ctx, p)
		if err != nil {
			return err
		}
		if fresh {
			started.Store(p.name, true)
		} else {
			how = "already running"
		}
	} else if p.ready != nil {
		if err := l.poll(ctx, p, nil, nil); err != nil {
			return err
		}
	}
	say("  %-24s %s (%.1f s)", p.name, how, time.Since(since).Seconds())
	return nil
}

// errGone says that a process which ran already has ended since.
var errGone = errors.New("it is gone")

// keepUntilReady starts the part's process unless it runs. One that runs may just be dying, and is then started anew.
func (l *lab) keepUntilReady(ctx context.Context, p part) (fresh bool, err error) {
	fresh, ended, err := l.ensure(*p.process)
	if err != nil {
		return fresh, err
	}
	alive := func() bool { _, alive := l.record(p.name); return alive }
	if err = l.poll(ctx, p, ended, alive); !errors.Is(err, errGone) {
		return fresh, err
	}
	if fresh, ended, err = l.ensure(*p.process); err != nil {
		return fresh, err
	}
	return fresh, l.poll(ctx, p, ended, alive)
}

// poll waits until the part is ready. ended is closed when a process that we started ends, alive asks for one that ran before.
func (l *lab) poll(ctx context.Context, p part, ended <-chan struct{}, alive func() bool) error {
	within := p.within
	if within == 0 {
		within = time.Minute
	}
	timeout := time.After(within)
	for {
		problem := p.ready()
		if problem == nil && (alive == nil || alive()) {
			return nil
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-ended:
			return fmt.Errorf("it ended right after its start. Its log says:\n%s", l.logTail(p.name))
		case <-timeout:
			if p.process == nil {
				return fmt.Errorf("not ready after %s: %w", within, problem)
			}
			return fmt.Errorf("not ready after %s: %w. Its log says:\n%s", within, problem, l.logTail(p.name))
		case <-time.After(50 * time.Millisecond):
			if ended == nil && alive != nil && !alive() {
				return errGone
			}
		}
	}
}

func (l *lab) logTail(name string) string {
	content, err := os.ReadFile(filepath.Join(l.logDir(), name+".log"))
	if err != nil {
		return err.Error()
	}
	return tail(string(content), 12)
}

// checkPorts refuses to start beside a stranger that has one of the lab's ports, and says who that is.
func (l *lab) checkPorts(parts []part) error {
	for _, p := range parts {
		if _, alive := l.record(p.name); alive {
			continue
		}
		if p.process != nil {
			l.stopUnrecorded(*p.process)
		}
		for _, address := range p.listens {
			if taken(address) {
				_, port, _ := net.SplitHostPort(address)
				owner, _ := exec.Command("ss", "-Hltnp", "sport", "=", ":"+port).Output()
				return fmt.Errorf("%s needs %s, which is taken: %s. Stop that program, then run `make lab` again",
					p.name, address, strings.Join(strings.Fields(string(owner)), " "))
			}
		}
	}
	return nil
}

// taken waits a little before it says yes: a part that was just killed may still be on its way out.
func taken(address string) bool {
	for end := time.Now().Add(3 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		listener, err := net.Listen("tcp", address)
		if err == nil {
			listener.Close()
			return false
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return false // the address is not there yet: it comes with the bridge
		}
		if time.Now().After(end) {
			return true
		}
	}
}

// lock lets one up or down at a time run on this machine.
func (l *lab) lock() (unlock func(), err error) {
	file, err := os.OpenFile("/run/lock/slipway-lab.lock", os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		say("another `make lab` or `make lab-down` is at work; waiting for it")
		if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
			return nil, err
		}
	}
	return func() { file.Close() }, nil
}
