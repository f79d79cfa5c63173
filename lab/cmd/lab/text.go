package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

var began = time.Now()

// say prints one line of progress; results (a digest) go to stdout, progress to stderr.
func say(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "[%6.1fs] %s\n", time.Since(began).Seconds(), fmt.Sprintf(format, arguments...))
}

// tail is the last lines of a text.
func tail(text string, lines int) string {
	all := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(all) > lines {
		all = all[len(all)-lines:]
	}
	return strings.Join(all, "\n")
}
