// Command load sends requests at a constant rate for a limited time and counts what comes back, per version.
//
// It is open-loop: a request is due at its time whether or not earlier ones have been answered, and its latency is
// counted from when it was due, so a slow service cannot slow down its own measurement. It sends to loopback and to
// the lab's pods and services, and to nothing else.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	maxRate     = 2000
	maxDuration = time.Hour
	maxInFlight = 1000
)

// Order is what to send.
type Order struct {
	URL, Host, Method, Body, VersionHeader string
	Rate                                   float64 // requests per second
	Duration, Timeout                      time.Duration
	InFlight                               int // more than this are dropped and counted, never sent
}

func main() {
	order, lines, quiet, err := readFlags(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(0)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "load: %v\n", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	sinks := []func(Second){}
	if lines != "" {
		file, err := os.Create(lines)
		if err != nil {
			fmt.Fprintf(os.Stderr, "load: %v\n", err)
			os.Exit(2)
		}
		defer file.Close()
		sinks = append(sinks, func(s Second) { _ = json.NewEncoder(file).Encode(s) })
	}
	if !quiet {
		sinks = append(sinks, func(s Second) {
			if s.Second%5 == 0 {
				fmt.Fprintln(os.Stderr, s)
			}
		})
	}
	report := run(ctx, order, func(s Second) {
		for _, sink := range sinks {
			sink(s)
		}
	})
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	_ = out.Encode(report)
}

func readFlags(args []string) (order Order, lines string, quiet bool, err error) {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "Sends a bounded load and prints what came back as JSON. Ends early, with its report, on SIGTERM.")
		flags.PrintDefaults()
	}
	flags.StringVar(&order.URL, "url", "", "target, such as http://127.0.0.1:8000/v1/completions; loopback or the lab's own addresses")
	flags.StringVar(&order.Host, "host", "", "Host header, by which the gateway routes")
	flags.Float64Var(&order.Rate, "rate", 10, fmt.Sprintf("requests per second, at most %d", maxRate))
	flags.DurationVar(&order.Duration, "duration", 10*time.Second, fmt.Sprintf("how long, at most %s", maxDuration))
	flags.DurationVar(&order.Timeout, "timeout", 10*time.Second, "how long to wait for one answer")
	flags.IntVar(&order.InFlight, "concurrency", 200, fmt.Sprintf("requests in flight, at most %d; what is due beyond it is dropped and counted", maxInFlight))
	flags.StringVar(&order.Body, "body", "", "body to POST as JSON; without it requests are GETs")
	flags.StringVar(&order.VersionHeader, "version-header", "X-Version", "response header that names the version")
	flags.StringVar(&lines, "json-lines", "", "file for one JSON line per second")
	flags.BoolVar(&quiet, "quiet", false, "no progress on stderr")
	if err = flags.Parse(args); err != nil {
		return
	}
	order.Method = http.MethodGet
	if order.Body != "" {
		order.Method = http.MethodPost
	}
	var problems []error
	refuse := func(wrong bool, format string, args ...any) {
		if wrong {
			problems = append(problems, fmt.Errorf(format, args...))
		}
	}
	refuse(flags.NArg() > 0, "unexpected argument %q: everything is a flag, see --help", flags.Arg(0))
	refuse(order.URL == "", "--url is missing: where to send to")
	refuse(!(order.Rate > 0 && order.Rate <= maxRate), "--rate is %v: more than 0 and at most %d", order.Rate, maxRate)
	refuse(order.Duration <= 0 || order.Duration > maxDuration, "--duration is %s: more than 0 and at most %s", order.Duration, maxDuration)
	refuse(order.Timeout <= 0 || order.Timeout > time.Minute, "--timeout is %s: more than 0 and at most 1m", order.Timeout)
	refuse(order.InFlight < 1 || order.InFlight > maxInFlight, "--concurrency is %d: between 1 and %d", order.InFlight, maxInFlight)
	if order.URL != "" {
		problems = append(problems, allowedURL(order.URL))
	}
	err = errors.Join(problems...)
	return
}

// run sends until the time is over or ctx ends, waits for what is in flight, and reports.
func run(ctx context.Context, order Order, each func(Second)) Report {
	client := newClient(order)
	tally := newTally(order)
	var flying sync.WaitGroup
	room := make(chan struct{}, order.InFlight)
	begin := time.Now()
	interval := time.Duration(float64(time.Second) / order.Rate)
	total := max(1, int(order.Duration.Seconds()*order.Rate+0.5))

	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	next := time.NewTimer(0)
	defer next.Stop()
	for sent := 0; sent < total; {
		select {
		case <-ctx.Done():
			sent = total
		case <-ticker.C:
			each(tally.second())
		case <-next.C:
			due := begin.Add(time.Duration(sent) * interval)
			sent++
			select {
			case room <- struct{}{}:
				flying.Go(func() {
					defer func() { <-room }()
					tally.add(send(client, order, due))
				})
			default:
				tally.drop()
			}
			next.Reset(time.Until(begin.Add(time.Duration(sent) * interval)))
		}
	}
	sending := time.Since(begin)
	flying.Wait()
	each(tally.second())
	return tally.report(begin, sending)
}

// Answer is what came back for one request.
type Answer struct {
	Version string
	Status  int // 0 when there was no answer
	Failure string
	Took    time.Duration
}

func send(client *http.Client, order Order, due time.Time) Answer {
	request, err := http.NewRequest(order.Method, order.URL, strings.NewReader(order.Body))
	if err != nil {
		return Answer{Failure: err.Error()}
	}
	request.Host = order.Host
	request.Header.Set("User-Agent", "slipway-lab-load")
	if order.Body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := client.Do(request)
	if err != nil {
		return Answer{Failure: cause(err), Took: time.Since(due)}
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	answer := Answer{Version: response.Header.Get(order.VersionHeader), Status: response.StatusCode, Took: time.Since(due)}
	if err != nil {
		answer.Failure = "broken answer: " + cause(err)
	}
	return answer
}

// cause is the innermost error without addresses, so that equal failures are counted together.
func cause(err error) string {
	if timeout := interface{ Timeout() bool }(nil); errors.As(err, &timeout) && timeout.Timeout() {
		return "timeout"
	}
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err.Error()
}
