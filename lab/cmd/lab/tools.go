package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// group is a set of tools that share one go.mod, because their dependency versions agree.
type group struct {
	name    string
	seconds int // what a cold build took on two cores, for the estimate
	tools   []string
	flags   []string
	// before may leave out of a module what the lab does not use; it returns arguments for the build
	before func(l *lab, module string) ([]string, error)
	after  func(module, target string) error
}

func groups() []group {
	strip := "-s -w"
	kubernetes := "v1.34.4"
	return []group{
		{name: "kubernetes", seconds: 300, flags: []string{"-ldflags", strip +
			" -X k8s.io/component-base/version.gitVersion=" + kubernetes + " -X k8s.io/client-go/pkg/version.gitVersion=" + kubernetes},
			tools: []string{"kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "kubectl"}},
		{name: "helm", seconds: 75, tools: []string{"helm"},
			flags: []string{"-ldflags", strip + " -X helm.sh/helm/v4/internal/version.version=v4.3.1"}},
		{name: "traefik", seconds: 190, tools: []string{"traefik", "gateway-api.yaml"}, before: withoutDNSProviders, after: copyGatewayAPI,
			flags: []string{"-ldflags", strip + " -X github.com/traefik/traefik/v3/pkg/version.Version=3.6.12"}},
		{name: "temporal", seconds: 245, tools: []string{"temporal"}, flags: []string{"-ldflags", strip}},
		{name: "prometheus", seconds: 115, tools: []string{"prometheus"},
			flags: []string{"-tags", "netgo,remove_all_sd,enable_kubernetes_sd",
				"-ldflags", strip + " -X github.com/prometheus/common/version.Version=3.15.0"}},
		{name: "coredns", seconds: 90, tools: []string{"coredns"}, flags: []string{"-ldflags", strip}},
		{name: "podinfo", seconds: 45, tools: []string{"podinfo"}, flags: []string{"-ldflags", strip}},
	}
}

// folder is where the group's tools lie: keyed by all that decides what they are, so an existing folder is never stale.
func (g group) folder(l *lab) (string, error) {
	hash := sha256.New()
	for _, file := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(g.module(l), file))
		if err != nil {
			return "", fmt.Errorf("the pins of the group %s cannot be read: %w", g.name, err)
		}
		hash.Write(content)
	}
	fmt.Fprint(hash, strings.Join(g.flags, " "), strings.Join(g.tools, " "), g.before != nil)
	return filepath.Join(l.cache, g.name+"-"+hex.EncodeToString(hash.Sum(nil))[:12]), nil
}

func (g group) module(l *lab) string { return filepath.Join(l.checkout, "lab", "tools", g.name) }

// buildTools builds the groups that are not in the cache, two at a time, and says how long that will take.
func (l *lab) buildTools() error {
	var missing []group
	for _, g := range groups() {
		folder, err := g.folder(l)
		if err != nil {
			return err
		}
		if _, err := os.Stat(folder); err != nil {
			missing = append(missing, g)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if err := os.MkdirAll(l.cache, 0o755); err != nil {
		return err
	}
	progress := newBuildProgress(missing)
	defer progress.stop()
	slots := make(chan struct{}, 2)
	results := make(chan error, len(missing))
	for _, g := range missing {
		slots <- struct{}{}
		progress.begin(g)
		go func() {
			defer func() { <-slots }()
			err := g.build(l)
			progress.end(g, err)
			results <- err
		}()
	}
	var failed error
	for range missing {
		if err := <-results; err != nil {
			failed = err
		}
	}
	return failed
}

func (g group) build(l *lab) error {
	folder, err := g.folder(l)
	if err != nil {
		return err
	}
	lock, err := os.OpenFile(filepath.Join(l.cache, g.name+".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	if _, err := os.Stat(folder); err == nil {
		return nil // another clone built it while we waited
	}
	unfinished := folder + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := os.MkdirAll(unfinished, 0o755); err != nil {
		return err
	}
	arguments := append([]string{"build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-gcflags=all=-dwarf=false", "-o", unfinished + "/"}, g.flags...)
	if g.before != nil {
		more, err := g.before(l, g.module(l))
		if err != nil {
			return err
		}
		arguments = append(arguments, more...)
	}
	command := exec.Command("go", append(arguments, "tool")...)
	command.Dir = g.module(l)
	// the compilers are many and short: without their garbage collector and without debug information, which is stripped
	// anyway, a cold build needs a quarter less processor time
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off", "GOGC=off", "GOMEMLIMIT=3GiB")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("building the group %s failed (%v). It says:\n%s\nRun `make lab` again to go on from here: what was compiled is kept",
			g.name, err, tail(string(output), 30))
	}
	if g.after != nil {
		if err := g.after(g.module(l), unfinished); err != nil {
			return err
		}
	}
	for _, tool := range g.tools {
		if _, err := os.Stat(filepath.Join(unfinished, tool)); err != nil {
			return fmt.Errorf("building the group %s did not give %s", g.name, tool)
		}
	}
	return os.Rename(unfinished, folder)
}

// linkTools gives every built tool one stable path.
func (l *lab) linkTools() error {
	if err := os.MkdirAll(l.binDir(), 0o755); err != nil {
		return err
	}
	for _, g := range groups() {
		folder, err := g.folder(l)
		if err != nil {
			return err
		}
		for _, tool := range g.tools {
			if err := relink(filepath.Join(folder, tool), l.tool(tool)); err != nil {
				return err
			}
		}
	}
	return nil
}

func relink(target, link string) error {
	if now, err := os.Readlink(link); err == nil && now == target {
		return nil
	}
	temporary := link + ".new"
	os.Remove(temporary)
	if err := os.Symlink(target, temporary); err != nil {
		return err
	}
	return os.Rename(temporary, link)
}

// buildProgress prints a line when a group begins and ends, and one every half minute.
type buildProgress struct {
	mutex   sync.Mutex
	left    map[string]int
	running map[string]time.Time
	done    chan struct{}
}

func newBuildProgress(missing []group) *buildProgress {
	p := &buildProgress{left: map[string]int{}, running: map[string]time.Time{}, done: make(chan struct{})}
	names := []string{}
	for _, g := range missing {
		p.left[g.name] = g.seconds
		names = append(names, g.name)
	}
	say("building %s: about %s on two cores, once", strings.Join(names, ", "), p.remaining())
	go p.tick()
	return p
}

func (p *buildProgress) tick() {
	ticker := time.NewTicker(30 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-p.done:
			return
		case <-ticker.C:
			p.mutex.Lock()
			parts := []string{}
			for name, since := range p.running {
				parts = append(parts, fmt.Sprintf("%s (%d s)", name, int(time.Since(since).Seconds())))
			}
			say("  still building %s; about %s left", strings.Join(parts, ", "), p.remaining())
			p.mutex.Unlock()
		}
	}
}

func (p *buildProgress) begin(g group) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.running[g.name] = time.Now()
	say("  building %s", g.name)
}

func (p *buildProgress) end(g group, err error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	took := time.Since(p.running[g.name])
	delete(p.running, g.name)
	delete(p.left, g.name)
	if err != nil {
		say("  building %s FAILED after %d s", g.name, int(took.Seconds()))
		return
	}
	say("  built %s in %d s; about %s left", g.name, int(took.Seconds()), p.remaining())
}

// remaining adds up the expected times: two builds at once share the two cores, so parallelism hardly shortens them.
func (p *buildProgress) remaining() string {
	total := 0
	for name, seconds := range p.left {
		total += seconds
		if since, running := p.running[name]; running {
			total -= min(seconds, int(time.Since(since).Seconds())/2)
		}
	}
	if total <= 0 {
		return "0 min"
	}
	return fmt.Sprintf("%d min", (total+59)/60)
}

func (p *buildProgress) stop() { close(p.done) }
