package main

import (
	"context"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func orderTo(url string) Order {
	return Order{URL: url, Method: "GET", VersionHeader: "X-Version", Rate: 200, Duration: 500 * time.Millisecond,
		Timeout: 5 * time.Second, InFlight: 100}
}

func ignore(Second) {}

func TestCountsPerVersionAndPerStatus(t *testing.T) {
	var n atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch i := n.Add(1); {
		case r.Host != "llama.lab":
			w.WriteHeader(404)
		case i%10 == 0:
			w.Header().Set("X-Version", "1.1.0")
			w.WriteHeader(500)
		case i%10 == 1:
			w.WriteHeader(503) // the gateway itself
		default:
			w.Header().Set("X-Version", "1.0.0")
		}
	}))
	defer server.Close()
	order := orderTo(server.URL)
	order.Host = "llama.lab"
	report := run(context.Background(), order, ignore)
	if report.Requests != 100 || report.Failed != 20 || report.Dropped != 0 {
		t.Fatalf("%+v", report)
	}
	stable, canary, none := report.Versions["1.0.0"], report.Versions["1.1.0"], report.Versions[unnamed]
	if stable.Requests != 80 || stable.Share != 80 || stable.Failed != 0 || stable.Statuses["200"] != 80 {
		t.Errorf("%+v", stable)
	}
	if canary.Requests != 10 || canary.Failed != 10 || canary.Statuses["500"] != 10 {
		t.Errorf("%+v", canary)
	}
	if none.Failed != 10 || report.Statuses["503"] != 10 || len(report.Errors) != 0 {
		t.Errorf("%+v", report)
	}
}

func TestSlowAnswersDoNotSlowDownTheSending(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	order := orderTo(server.URL)
	order.Rate, order.Duration, order.InFlight = 100, 1500*time.Millisecond, 10
	first := true
	report := run(context.Background(), order, func(s Second) { // after a second nobody has been answered
		if first {
			first = false
			if s.Requests != 0 || s.Dropped == 0 {
				t.Errorf("%+v", s)
			}
			close(release)
		}
	})
	if report.Requests < 10 || report.Dropped == 0 || report.Requests+report.Dropped != 150 {
		t.Fatalf("%d answered, %d dropped", report.Requests, report.Dropped)
	}
	if longest := report.Versions[unnamed].Latency["max"]; longest < 500 {
		t.Errorf("max is %v ms: waiting is part of the latency", longest)
	}
}

func TestConnectionErrorsAreFailures(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	report := run(context.Background(), orderTo(server.URL), ignore)
	if report.Requests != 100 || report.Failed != 100 || report.Errors["connection refused"] != 100 {
		t.Fatalf("%+v", report)
	}
}

func TestStopsAtOnceWithItsReportWhenAsked(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var n atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if n.Add(1) == 10 {
			stop()
		}
		_, _ = io.WriteString(w, "ok")
	}))
	defer server.Close()
	order := orderTo(server.URL)
	order.Duration = maxDuration
	report := run(ctx, order, ignore)
	if report.Requests < 10 || report.Seconds > 60 || report.Failed != 0 {
		t.Fatalf("%+v", report)
	}
}

func TestSecondsAddUpToTheReport(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Version", "1")
	}))
	defer server.Close()
	order := orderTo(server.URL)
	order.Duration = 1500 * time.Millisecond
	var requests uint64
	report := run(context.Background(), order, func(s Second) { requests += s.Versions["1"].Requests })
	if requests != report.Requests {
		t.Fatalf("%d in the seconds, %d in the report", requests, report.Requests)
	}
}

func TestRefusesEveryTargetThatIsNotTheLabs(t *testing.T) {
	for _, url := range []string{"http://127.0.0.1:8000/", "http://localhost/", "http://10.244.0.7:8000/x",
		"http://10.96.12.1/", "http://[::1]:80/"} {
		if err := allowedURL(url); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{"http://192.0.2.1/", "http://10.245.0.1/", "http://10.0.0.1/", "https://127.0.0.1/",
		"http://169.254.169.254/", "ftp://127.0.0.1/", "127.0.0.1:8000", "http:///x", "http://[::ffff:192.0.2.1]/"} {
		if err := allowedURL(url); err == nil {
			t.Errorf("%s was allowed", url)
		}
	}
	order := orderTo("http://192.0.2.1/") // past the check of the URL, the dialer still refuses
	if answer := send(newClient(order), order, time.Now()); !strings.Contains(answer.Failure, "refused") {
		t.Errorf("%+v", answer)
	}
}

func TestDoesNotFollowRedirects(t *testing.T) {
	server := httptest.NewServer(http.RedirectHandler("http://192.0.2.1/", http.StatusFound))
	defer server.Close()
	order := orderTo(server.URL)
	if answer := send(newClient(order), order, time.Now()); answer.Status != http.StatusFound {
		t.Errorf("%+v", answer)
	}
}

func TestEveryWrongFlagIsNamedAtOnce(t *testing.T) {
	_, _, _, err := readFlags([]string{"--url", "http://192.0.2.1/", "--rate", "5000", "--duration", "2h",
		"--concurrency", "0", "--timeout", "0s"})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range []string{"192.0.2.1", "--rate", "--duration", "--concurrency", "--timeout"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
	if _, _, _, err := readFlags([]string{"--url", "http://127.0.0.1/", "--rate", "NaN"}); err == nil {
		t.Error("a rate of NaN was accepted")
	}
}

func TestPercentilesAreAtMostOnePercentOff(t *testing.T) {
	var s spread
	for i := 1; i <= 1000; i++ {
		s.add(time.Duration(i) * time.Millisecond)
	}
	got := s.percentiles()
	for name, want := range map[string]float64{"p50": 500, "p90": 900, "p95": 950, "p99": 990, "max": 1000} {
		if math.Abs(got[name]-want) > 0.0101*want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
}
