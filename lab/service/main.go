// Command service stands in for a vLLM model server in the lab: it answers completions, exposes the metrics that
// vLLM exposes, and goes bad on demand. It is one static binary without dependencies, so that an image of it is one
// file and a new version of it takes a second to build.
//
// What it can do wrong is listed at [Faults]; README.md says how to set it.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Set by lab/service/build (-ldflags -X): two builds differ in them, so their images have different digests.
var (
	version = "0.0.0-dev"
	baked   = "" // KEY=VALUE lines; the environment overrides them
)

func main() {
	log.SetFlags(log.LstdFlags | log.LUTC | log.Lmsgprefix)
	if len(os.Args) == 3 && os.Args[1] == "check" {
		os.Exit(check(os.Args[2]))
	}
	if len(os.Args) > 1 {
		fmt.Fprintln(os.Stderr, "usage: service              serve, configured by the environment (see README.md)\n"+
			"       service check URL    health, ready, one completion, metrics, in this order")
		os.Exit(2)
	}
	settings, err := readSettings(lookupIn(baked, os.LookupEnv))
	if err != nil {
		fmt.Fprintf(os.Stderr, "cannot start: %v\n", err)
		os.Exit(2)
	}
	if err := serve(settings); err != nil {
		fmt.Fprintf(os.Stderr, "stopped: %v\n", err)
		os.Exit(1)
	}
}

// ---- settings -----------------------------------------------------------------------------------------------------

// Duration is a time.Duration that reads and writes as "1.5s" in JSON.
type Duration time.Duration

func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err == nil && v < 0 {
		err = errors.New("must not be negative")
	}
	*d = Duration(v)
	return err
}

// Faults is everything that can be switched while it runs. Rates are between 0 and 1 and drawn for each request
// independently of every other request and of each other.
type Faults struct {
	ErrorRate float64  `json:"errorRate"` // share of requests answered with 500
	ErrorFrom int64    `json:"errorFrom"` // only of those whose body has at least so many bytes: what a load test does not send
	DelayRate float64  `json:"delayRate"` // share of requests that take Delay longer
	Delay     Duration `json:"delay"`
	Latency   Duration `json:"latency"`    // what every request takes
	Unready   bool     `json:"neverReady"` // /ready says 503, /health stays 200
	Crash     bool     `json:"crash"`      // exit 1 now
}

func (f Faults) check() error {
	var problems []error
	rate := func(name string, v float64) {
		if !(v >= 0 && v <= 1) {
			problems = append(problems, fmt.Errorf("%s is %v: a rate is between 0 and 1", name, v))
		}
	}
	rate("errorRate", f.ErrorRate)
	rate("delayRate", f.DelayRate)
	if f.ErrorFrom < 0 {
		problems = append(problems, fmt.Errorf("errorFrom is %d: a number of bytes is not negative", f.ErrorFrom))
	}
	if f.DelayRate > 0 && f.Delay == 0 {
		problems = append(problems, errors.New("delayRate is set without delay: say how long, for example delay=3s"))
	}
	return errors.Join(problems...)
}

// Settings is what is fixed at start.
type Settings struct {
	Version      string
	Pod          string
	Model        string
	Addr         string
	AdminAddr    string
	MaxRunning   int           // requests computed at once; more of them wait, as with vLLM's max-num-seqs
	StartDelay   time.Duration // time until healthy: a model that loads
	CrashAfter   time.Duration // exit 1 so long after start; below 0: never
	CrashMessage string
	Drain        time.Duration // time between SIGTERM and the end of listening: not ready, but serving
	Faults       Faults
}

type lookup func(name string) (string, bool)

func lookupIn(lines string, env lookup) lookup {
	fixed := map[string]string{}
	for line := range strings.FieldsFuncSeq(lines, func(r rune) bool { return r == '\n' }) {
		key, value, _ := strings.Cut(line, "=")
		fixed[key] = value
	}
	return func(name string) (string, bool) {
		if v, ok := env(name); ok {
			return v, true
		}
		v, ok := fixed[name]
		return v, ok
	}
}

func readSettings(get lookup) (Settings, error) {
	var problems []error
	text := func(name, otherwise string) string {
		if v, ok := get(name); ok && v != "" {
			return v
		}
		return otherwise
	}
	number := func(name string, otherwise float64) float64 {
		v, err := strconv.ParseFloat(text(name, strconv.FormatFloat(otherwise, 'g', -1, 64)), 64)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s=%q is no number", name, text(name, "")))
		}
		return v
	}
	span := func(name, otherwise string) time.Duration {
		var d Duration
		if err := d.UnmarshalText([]byte(text(name, otherwise))); err != nil {
			problems = append(problems, fmt.Errorf("%s=%q is no duration such as 300ms or 5s", name, text(name, "")))
		}
		return time.Duration(d)
	}
	hostname, _ := os.Hostname()
	s := Settings{
		Version:      text("VERSION", version),
		Pod:          text("POD_NAME", hostname),
		Model:        text("MODEL_NAME", "stand-in"),
		Addr:         text("ADDR", ":8000"),
		AdminAddr:    text("ADMIN_ADDR", ":8001"),
		MaxRunning:   int(number("MAX_RUNNING", 256)),
		StartDelay:   span("START_DELAY", "0s"),
		CrashAfter:   -1,
		CrashMessage: text("CRASH_MESSAGE", "fault: crash, as CRASH_AFTER or /admin/faults asks"),
		Drain:        span("DRAIN", "0s"),
		Faults: Faults{
			ErrorRate: number("ERROR_RATE", 0),
			ErrorFrom: int64(number("ERROR_FROM", 0)),
			DelayRate: number("DELAY_RATE", 0),
			Delay:     Duration(span("DELAY", "0s")),
			Latency:   Duration(span("LATENCY", "5ms")),
		},
	}
	if text("CRASH_AFTER", "") != "" {
		s.CrashAfter = span("CRASH_AFTER", "")
	}
	unready, err := strconv.ParseBool(text("NEVER_READY", "false"))
	if err != nil {
		problems = append(problems, fmt.Errorf("NEVER_READY=%q is neither true nor false", text("NEVER_READY", "")))
	}
	s.Faults.Unready = unready
	if s.MaxRunning < 1 {
		problems = append(problems, fmt.Errorf("MAX_RUNNING is %d: at least 1", s.MaxRunning))
	}
	problems = append(problems, s.Faults.check())
	return s, errors.Join(problems...)
}

// ---- the server ---------------------------------------------------------------------------------------------------

// Server answers requests as its faults say and counts them.
type Server struct {
	settings Settings
	faults   atomic.Pointer[Faults]
	slots    chan struct{}
	started  atomic.Bool // the model is loaded
	draining atomic.Bool
	crash    func(message string)
	metrics  *Metrics
}

func newServer(s Settings) *Server {
	server := &Server{settings: s, slots: make(chan struct{}, s.MaxRunning), metrics: newMetrics(s.Model)}
	server.faults.Store(&s.Faults)
	server.crash = func(message string) {
		fmt.Fprintln(os.Stderr, message)
		os.Exit(1)
	}
	return server
}

// handler serves what the world sees. Only what is no probe and no scrape is counted, as in vLLM.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { s.probe(w, s.unhealthy()) })
	mux.HandleFunc("GET /ready", func(w http.ResponseWriter, _ *http.Request) { s.probe(w, s.unready()) })
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		s.metrics.write(w, s.settings.MaxRunning)
	})
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, map[string]string{"version": s.settings.Version})
	})
	mux.Handle("GET /{$}", s.counted(s.greet))
	mux.Handle("POST /v1/completions", s.counted(s.complete))
	mux.Handle("/", s.counted(func(w http.ResponseWriter, r *http.Request) {
		problem(w, http.StatusNotFound, "no "+r.Method+" "+r.URL.Path+" here: GET / or POST /v1/completions")
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Version", s.settings.Version)
		w.Header().Set("X-Pod", s.settings.Pod)
		mux.ServeHTTP(w, r)
	})
}

func (s *Server) unhealthy() string {
	if !s.started.Load() {
		return "loading the model: START_DELAY is " + s.settings.StartDelay.String()
	}
	return ""
}

func (s *Server) unready() string {
	switch {
	case s.draining.Load():
		return "draining after SIGTERM"
	case s.faults.Load().Unready:
		return "fault: never ready, as NEVER_READY or /admin/faults asks"
	}
	return s.unhealthy()
}

func (s *Server) probe(w http.ResponseWriter, reason string) {
	if reason != "" {
		http.Error(w, reason, http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

func (s *Server) greet(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, map[string]string{
		"model": s.settings.Model, "version": s.settings.Version, "pod": s.settings.Pod})
}

// complete answers in the shape of the OpenAI completions API, which vLLM serves.
func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	var order struct {
		Model     string `json:"model"`
		Prompt    string `json:"prompt"`
		MaxTokens int    `json:"max_tokens"`
		Stream    bool   `json:"stream"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&order); err != nil {
		problem(w, http.StatusBadRequest, "the body is no completion request: "+err.Error())
		return
	}
	if order.Stream {
		problem(w, http.StatusBadRequest, "this stand-in does not stream: leave out \"stream\"")
		return
	}
	if order.Model != "" && order.Model != s.settings.Model {
		problem(w, http.StatusNotFound, "the model `"+order.Model+"` does not exist: this is `"+s.settings.Model+"`")
		return
	}
	words := strings.Fields(order.Prompt)
	completion := append([]string{"you", "said:"}, words...)
	reason := "stop"
	if limit := order.MaxTokens; limit > 0 && limit < len(completion) {
		completion, reason = completion[:limit], "length"
	}
	s.metrics.finish(reason)
	reply(w, http.StatusOK, map[string]any{
		"id":      fmt.Sprintf("cmpl-%016x", rand.Uint64()),
		"object":  "text_completion",
		"created": time.Now().Unix(),
		"model":   s.settings.Model,
		"choices": []any{map[string]any{
			"index": 0, "text": strings.Join(completion, " "), "logprobs": nil, "finish_reason": reason}},
		"usage": map[string]int{"prompt_tokens": len(words), "completion_tokens": len(completion),
			"total_tokens": len(words) + len(completion)},
	})
}

// counted wraps what counts as traffic: it waits for a slot, takes its time, fails by chance, and is measured.
func (s *Server) counted(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		status := &statusWriter{ResponseWriter: w, code: http.StatusOK}
		defer func() { s.metrics.request(status.code) }()
		if !s.started.Load() {
			problem(status, http.StatusServiceUnavailable, s.unhealthy())
			return
		}
		s.metrics.waiting.Add(1)
		s.slots <- struct{}{}
		s.metrics.waiting.Add(-1)
		s.metrics.running.Add(1)
		defer func() { s.metrics.running.Add(-1); <-s.slots }()

		faults := *s.faults.Load()
		if rand.Float64() < faults.DelayRate {
			time.Sleep(time.Duration(faults.Delay))
		}
		time.Sleep(time.Duration(faults.Latency) / 2)
		firstToken := time.Since(begin)
		time.Sleep(time.Duration(faults.Latency) / 2)
		if max(r.ContentLength, 0) >= faults.ErrorFrom && rand.Float64() < faults.ErrorRate {
			problem(status, http.StatusInternalServerError, "fault: an error, as ERROR_RATE or /admin/faults asks")
			return
		}
		next(status, r)
		if status.code < 300 { // vLLM observes finished requests only
			s.metrics.firstToken.observe(firstToken.Seconds())
			s.metrics.latency.observe(time.Since(begin).Seconds())
		}
	})
}

// admin serves /admin/faults on a port of its own, which no Service exposes.
func (s *Server) admin() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /admin/faults", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, s.faults.Load())
	})
	mux.HandleFunc("POST /admin/faults", func(w http.ResponseWriter, r *http.Request) {
		changed, err := s.changed(r)
		if err != nil {
			problem(w, http.StatusBadRequest, err.Error())
			return
		}
		s.faults.Store(&changed)
		log.Printf("faults are now %+v", changed)
		reply(w, http.StatusOK, changed)
		if changed.Crash {
			_ = http.NewResponseController(w).Flush()
			s.crash(s.settings.CrashMessage)
		}
	})
	return mux
}

// changed reads the faults that a request names, as JSON or as query, and keeps the others as they are.
func (s *Server) changed(r *http.Request) (Faults, error) {
	faults := *s.faults.Load()
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil {
		return faults, err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		named := map[string]any{}
		for key, values := range r.URL.Query() {
			if number, err := strconv.ParseFloat(values[0], 64); err == nil {
				named[key] = number
			} else if flag, err := strconv.ParseBool(values[0]); err == nil {
				named[key] = flag
			} else {
				named[key] = values[0]
			}
		}
		if len(named) == 0 {
			return faults, errors.New("nothing to change: send JSON such as {\"errorRate\":0.2}, or ?errorRate=0.2")
		}
		body, _ = json.Marshal(named)
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&faults); err != nil {
		return faults, fmt.Errorf("%w; known are errorRate, errorFrom, delayRate, delay, latency, neverReady, crash", err)
	}
	return faults, faults.check()
}

type statusWriter struct {
	http.ResponseWriter
	code int
}

func (w *statusWriter) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

func reply(w http.ResponseWriter, code int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(body)
}

func problem(w http.ResponseWriter, code int, message string) {
	reply(w, code, map[string]any{"error": map[string]any{"message": message, "code": code}})
}

// serve runs until SIGTERM: then it says "not ready", keeps serving for Drain, and finishes what is in flight.
func serve(settings Settings) error {
	s := newServer(settings)
	public := &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second}
	admin := &http.Server{Handler: s.admin(), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 2)
	for _, it := range []struct {
		server *http.Server
		addr   string
	}{{public, settings.Addr}, {admin, settings.AdminAddr}} {
		listener, err := net.Listen("tcp", it.addr)
		if err != nil {
			return err
		}
		go func() { failed <- it.server.Serve(listener) }()
	}
	log.Printf("version %s of %s on %s, admin on %s, faults %+v", settings.Version, settings.Model, settings.Addr,
		settings.AdminAddr, settings.Faults)
	time.AfterFunc(settings.StartDelay, func() {
		s.started.Store(true)
		if reason := s.unready(); reason != "" {
			log.Printf("not ready: %s", reason)
		}
	})
	if settings.CrashAfter >= 0 {
		time.AfterFunc(settings.CrashAfter, func() { s.crash(settings.CrashMessage) })
	}

	asked, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	select {
	case err := <-failed:
		return err
	case <-asked.Done():
	}
	stop() // a second signal ends it at once
	s.draining.Store(true)
	log.Printf("asked to stop: draining for %s", settings.Drain)
	time.Sleep(settings.Drain)
	limit, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return errors.Join(public.Shutdown(limit), admin.Close())
}

// ---- metrics, named and bucketed as vLLM's ------------------------------------------------------------------------

var (
	latencyBuckets = []float64{0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960,
		1920, 7680}
	firstTokenBuckets = []float64{0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5,
		10, 20, 40, 80, 160, 640, 2560}
	finishedReasons = []string{"stop", "length", "abort"}
)

// Metrics counts what was asked. Counters that matter start at 0 instead of absent, so that the first error is seen
// as an increase.
type Metrics struct {
	model               string
	waiting, running    atomic.Int64
	latency, firstToken histogram
	mutex               sync.Mutex
	byStatus            map[int]uint64
	byReason            map[string]uint64
}

type histogram struct {
	mutex  sync.Mutex
	bounds []float64
	counts []uint64
	sum    float64
	total  uint64
}

func newMetrics(model string) *Metrics {
	return &Metrics{
		model:      model,
		latency:    histogram{bounds: latencyBuckets, counts: make([]uint64, len(latencyBuckets))},
		firstToken: histogram{bounds: firstTokenBuckets, counts: make([]uint64, len(firstTokenBuckets))},
		byStatus:   map[int]uint64{http.StatusOK: 0, http.StatusInternalServerError: 0},
		byReason:   map[string]uint64{},
	}
}

func (m *Metrics) request(status int) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.byStatus[status]++
}

func (m *Metrics) finish(reason string) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.byReason[reason]++
}

func (h *histogram) observe(seconds float64) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for i, bound := range h.bounds {
		if seconds <= bound {
			h.counts[i]++ // of this bucket alone; write adds them up
			break
		}
	}
	h.sum += seconds
	h.total++
}

func (m *Metrics) write(w io.Writer, maxRunning int) {
	labels := fmt.Sprintf("engine=\"0\",model_name=%q", m.model)
	head := func(name, kind, help string) {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
	}
	gauge := func(name, help string, value float64) {
		head(name, "gauge", help)
		fmt.Fprintf(w, "%s{%s} %s\n", name, labels, float(value))
	}
	gauge("vllm:num_requests_running", "Requests being computed.", float64(m.running.Load()))
	gauge("vllm:num_requests_waiting", "Requests waiting for a slot.", float64(m.waiting.Load()))
	gauge("vllm:kv_cache_usage_perc", "Share of the slots in use, 1 is all.",
		float64(m.running.Load())/float64(maxRunning))

	m.mutex.Lock()
	head("vllm:request_success_total", "counter", "Completions by how they finished.")
	for _, reason := range finishedReasons {
		fmt.Fprintf(w, "vllm:request_success_total{%s,finished_reason=%q} %d\n", labels, reason, m.byReason[reason])
	}
	head("http_requests_total", "counter", "Requests by status, without probes and scrapes.")
	for status := 100; status < 600; status++ {
		if count, ok := m.byStatus[status]; ok {
			fmt.Fprintf(w, "http_requests_total{status=\"%d\"} %d\n", status, count)
		}
	}
	m.mutex.Unlock()

	for _, it := range []struct {
		name, help string
		h          *histogram
	}{
		{"vllm:time_to_first_token_seconds", "Time to the first token.", &m.firstToken},
		{"vllm:e2e_request_latency_seconds", "Time of a whole finished request.", &m.latency},
	} {
		head(it.name, "histogram", it.help)
		it.h.write(w, it.name, labels)
	}
}

func (h *histogram) write(w io.Writer, name, labels string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	var below uint64
	for i, bound := range h.bounds {
		below += h.counts[i]
		fmt.Fprintf(w, "%s_bucket{%s,le=%q} %d\n", name, labels, float(bound), below)
	}
	fmt.Fprintf(w, "%s_bucket{%s,le=\"+Inf\"} %d\n%s_sum{%s} %s\n%s_count{%s} %d\n",
		name, labels, h.total, name, labels, float(h.sum), name, labels, h.total)
}

// float writes a number as Python's client does ("1.0"), so that a bucket's label is the same as vLLM's.
func float(v float64) string {
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// ---- the smoke test of a deployment, run by `helm test` -----------------------------------------------------------

// check asks a server at url for health, readiness, one completion and metrics, in this order, and returns the exit
// code.
func check(url string) int {
	client := &http.Client{Timeout: 20 * time.Second}
	steps := []struct {
		name, method, path, body, want string
	}{
		{"health", "GET", "/health", "", ""},
		{"ready", "GET", "/ready", "", ""},
		{"one completion", "POST", "/v1/completions", `{"prompt":"hello","max_tokens":8}`, `"choices"`},
		{"metrics", "GET", "/metrics", "", "vllm:e2e_request_latency_seconds_bucket"},
	}
	for _, step := range steps {
		request, err := http.NewRequest(step.method, strings.TrimSuffix(url, "/")+step.path, strings.NewReader(step.body))
		if err != nil {
			fmt.Printf("FAILED %s: %v\n", step.name, err)
			return 2
		}
		request.Header.Set("Content-Type", "application/json")
		response, err := client.Do(request)
		if err != nil {
			fmt.Printf("FAILED %s: %v\n", step.name, err)
			return 1
		}
		body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<20))
		response.Body.Close()
		if response.StatusCode != http.StatusOK || !strings.Contains(string(body), step.want) {
			fmt.Printf("FAILED %s: %s%s said %s: %.300s\n", step.name, url, step.path, response.Status, body)
			return 1
		}
		fmt.Printf("ok     %s\n", step.name)
	}
	return 0
}
