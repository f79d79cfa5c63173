// Command lab runs a real Kubernetes, Temporal, gateway and Prometheus on one Linux machine, from pinned sources.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

const usage = `usage: lab/lab COMMAND

  up                         build what is missing, start what is not running, wait until all of it is ready
  down                       stop everything and remove everything that the lab left on this machine
  status                     one line per part; exit code 0 when all of them run
  logs PART [-f]             what a part has written
  build                      build the pinned tools only
  import-image [--env K=V] [--label K=V] NAME:TAG BINARY|OCI.tar
                             push an image to the lab's registry and print its digest
  certificates FOLDER NAME...
                             an authority in that folder, and a certificate for each name that has none
  env-section NAME           replace (or, with nothing on stdin, remove) section NAME of lab/env

The checkout may be any clone; there is one lab per machine. docs/lab.md tells the rest.
`

func main() {
	closeInherited()
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "lab: %v\n", err)
		os.Exit(1)
	}
}

// closeInherited keeps what the lab starts from holding files, such as locks, that our caller left open for us.
func closeInherited() {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return
	}
	for _, entry := range entries {
		var descriptor int
		if _, err := fmt.Sscan(entry.Name(), &descriptor); err == nil && descriptor > 2 {
			syscall.CloseOnExec(descriptor)
		}
	}
}

func run(arguments []string) error {
	if len(arguments) == 0 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	lab, err := newLab()
	if err != nil {
		return err
	}
	switch command, rest := arguments[0], arguments[1:]; command {
	case "up":
		return lab.up()
	case "down":
		return lab.down()
	case "status":
		return lab.status()
	case "logs":
		return lab.logs(rest)
	case "build":
		return lab.buildTools()
	case "import-image":
		return lab.importImage(rest)
	case "certificates":
		return makeCertificates(rest)
	case "env-section":
		return lab.replaceEnvSection(rest)
	case "help", "-h", "--help":
		fmt.Print(usage)
		return nil
	default:
		return fmt.Errorf("there is no command %q; it is one of up, down, status, logs, build, import-image, certificates, env-section", command)
	}
}

// lab knows where everything is; it holds no state of its own.
type lab struct {
	checkout string // the clone that this program was started from
	state    string // everything that runs keeps its files here; removed by down
	cache    string // built tools; kept
	program  string // the folder of this program and of the pause binary
}

func newLab() (*lab, error) {
	executable, err := os.Executable()
	if err != nil {
		return nil, err
	}
	checkout := os.Getenv("SLIPWAY_LAB_CHECKOUT")
	if checkout == "" {
		return nil, fmt.Errorf("start me with lab/lab in a checkout, which tells me where the checkout is")
	}
	cache := os.Getenv("SLIPWAY_LAB_CACHE")
	if cache == "" {
		return nil, fmt.Errorf("SLIPWAY_LAB_CACHE is not set; start me with lab/lab")
	}
	state := os.Getenv("SLIPWAY_LAB_STATE")
	if state == "" {
		state = "/var/lib/slipway-lab"
	}
	if !filepath.IsAbs(state) || strings.ContainsAny(state, " \t\n'\"") || strings.Count(filepath.Clean(state), "/") < 2 {
		return nil, fmt.Errorf("SLIPWAY_LAB_STATE is %q: it must be an absolute path of a folder of its own, without spaces or quotes, as all of it is removed by down", state)
	}
	return &lab{checkout: checkout, state: filepath.Clean(state), cache: cache, program: filepath.Dir(executable)}, nil
}

func (l *lab) path(elements ...string) string {
	return filepath.Join(append([]string{l.state}, elements...)...)
}

func (l *lab) runDir() string { return l.path("run") }
func (l *lab) logDir() string { return l.path("log") }
func (l *lab) binDir() string { return l.path("bin") }

// tool is the path of a built tool, stable over rebuilds so that lab/env stays right.
func (l *lab) tool(name string) string { return filepath.Join(l.binDir(), name) }
