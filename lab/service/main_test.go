package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

func settingsOf(t *testing.T, env map[string]string) Settings {
	t.Helper()
	settings, err := readSettings(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

// running starts a server whose model is loaded.
func running(t *testing.T, env map[string]string) (*Server, *httptest.Server) {
	t.Helper()
	s := newServer(settingsOf(t, env))
	s.started.Store(true)
	h := httptest.NewServer(s.handler())
	t.Cleanup(h.Close)
	return s, h
}

func ask(t *testing.T, method, url, body string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(text)
}

func sample(t *testing.T, metrics, series string) float64 {
	t.Helper()
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(series) + ` (\S+)$`).FindStringSubmatch(metrics)
	if found == nil {
		t.Fatalf("no series %s in\n%s", series, metrics)
	}
	value, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestCompletionHasTheShapeOfOpenAI(t *testing.T) {
	_, h := running(t, map[string]string{"VERSION": "1.2.3", "MODEL_NAME": "llama", "POD_NAME": "llama-abc"})
	response, body := ask(t, "POST", h.URL+"/v1/completions", `{"model":"llama","prompt":"a b c","max_tokens":3}`)
	if response.StatusCode != 200 || response.Header.Get("X-Version") != "1.2.3" ||
		response.Header.Get("X-Pod") != "llama-abc" {
		t.Fatalf("%s %v", response.Status, response.Header)
	}
	var got struct {
		Object  string
		Model   string
		Choices []struct {
			Text         string
			FinishReason string `json:"finish_reason"`
		}
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if got.Object != "text_completion" || got.Model != "llama" || got.Choices[0].Text != "you said: a" ||
		got.Choices[0].FinishReason != "length" {
		t.Fatalf("%+v", got)
	}
}

func TestBadCompletionRequestsSayWhatIsWrong(t *testing.T) {
	_, h := running(t, nil)
	for body, status := range map[string]int{
		`not json`:                       400,
		`{"prompt":"x","stream":true}`:   400,
		`{"model":"other","prompt":"x"}`: 404,
	} {
		response, text := ask(t, "POST", h.URL+"/v1/completions", body)
		if response.StatusCode != status || !strings.Contains(text, `"message"`) {
			t.Errorf("%s: %s %s", body, response.Status, text)
		}
	}
}

func TestProbesAndScrapesAreNotCounted(t *testing.T) {
	_, h := running(t, nil)
	for range 5 {
		for _, path := range []string{"/health", "/ready", "/metrics", "/version"} {
			if response, body := ask(t, "GET", h.URL+path, ""); response.StatusCode != 200 {
				t.Fatalf("%s: %s %s", path, response.Status, body)
			}
		}
	}
	_, metrics := ask(t, "GET", h.URL+"/metrics", "")
	if n := sample(t, metrics, `http_requests_total{status="200"}`); n != 0 {
		t.Fatalf("%v requests counted", n)
	}
	ask(t, "GET", h.URL+"/", "")
	ask(t, "POST", h.URL+"/v1/completions", `{"prompt":"x"}`)
	ask(t, "GET", h.URL+"/nowhere", "")
	_, metrics = ask(t, "GET", h.URL+"/metrics", "")
	for series, want := range map[string]float64{
		`http_requests_total{status="200"}`:                                                     2,
		`http_requests_total{status="404"}`:                                                     1,
		`http_requests_total{status="500"}`:                                                     0,
		`vllm:e2e_request_latency_seconds_count{engine="0",model_name="stand-in"}`:              2,
		`vllm:request_success_total{engine="0",model_name="stand-in",finished_reason="stop"}`:   1,
		`vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="stand-in",le="0.3"}`:    2,
		`vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="stand-in",le="+Inf"}`:   2,
		`vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="stand-in",le="7680.0"}`: 2,
		`vllm:time_to_first_token_seconds_bucket{engine="0",model_name="stand-in",le="0.001"}`:  0,
		`vllm:kv_cache_usage_perc{engine="0",model_name="stand-in"}`:                            0,
		`vllm:num_requests_waiting{engine="0",model_name="stand-in"}`:                           0,
		`vllm:request_success_total{engine="0",model_name="stand-in",finished_reason="abort"}`:  0,
		`vllm:time_to_first_token_seconds_bucket{engine="0",model_name="stand-in",le="2560.0"}`: 2,
		`vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="stand-in",le="2.5"}`:    2,
		`vllm:time_to_first_token_seconds_count{engine="0",model_name="stand-in"}`:              2,
		`vllm:num_requests_running{engine="0",model_name="stand-in"}`:                           0,
		`vllm:request_success_total{engine="0",model_name="stand-in",finished_reason="length"}`: 0,
		`vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="stand-in",le="1.0"}`:    2,
		`vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="stand-in",le="20.0"}`:   2,
		`vllm:time_to_first_token_seconds_bucket{engine="0",model_name="stand-in",le="+Inf"}`:   2,
	} {
		if got := sample(t, metrics, series); got != want {
			t.Errorf("%s is %v, want %v", series, got, want)
		}
	}
}

// The bounds are seven standard deviations wide: one false alarm in 10^11 runs.
func TestErrorsAreIndependentAndAtTheRateAskedFor(t *testing.T) {
	_, h := running(t, map[string]string{"ERROR_RATE": "0.2", "LATENCY": "0s"})
	const n = 3000
	failed, afterFailure, bothFailed, previous := 0, 0, 0, false
	for range n {
		response, _ := ask(t, "GET", h.URL+"/", "")
		bad := response.StatusCode == 500
		if bad {
			failed++
		}
		if previous {
			afterFailure++
			if bad {
				bothFailed++
			}
		}
		previous = bad
	}
	if failed < 447 || failed > 753 {
		t.Errorf("%d of %d failed, 600 expected", failed, n)
	}
	if share := float64(bothFailed) / float64(afterFailure); share < 0.05 || share > 0.35 {
		t.Errorf("after a failure %.2f fail, 0.20 expected", share)
	}
	_, metrics := ask(t, "GET", h.URL+"/metrics", "")
	if got := sample(t, metrics, `http_requests_total{status="500"}`); got != float64(failed) {
		t.Errorf("%v errors counted, %d seen", got, failed)
	}
}

func TestDelayedRequestsLandInASlowerBucket(t *testing.T) {
	_, h := running(t, map[string]string{"DELAY_RATE": "1", "DELAY": "350ms"})
	ask(t, "GET", h.URL+"/", "")
	_, metrics := ask(t, "GET", h.URL+"/metrics", "")
	const series = `vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="stand-in",le=%q}`
	if got := sample(t, metrics, fmt.Sprintf(series, "0.3")); got != 0 {
		t.Errorf("%v requests below 0.3 s", got)
	}
	if got := sample(t, metrics, fmt.Sprintf(series, "+Inf")); got != 1 {
		t.Errorf("%v requests in all", got)
	}
}

func TestMoreRequestsThanSlotsWait(t *testing.T) {
	s, h := running(t, map[string]string{"MAX_RUNNING": "1"})
	s.slots <- struct{}{} // somebody computes
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		if response, err := http.Get(h.URL + "/"); err == nil {
			response.Body.Close()
		}
	}()
	const series = `vllm:num_requests_waiting{engine="0",model_name="stand-in"}`
	await(t, func() bool {
		_, metrics := ask(t, "GET", h.URL+"/metrics", "")
		return sample(t, metrics, series) == 1
	})
	<-s.slots
	<-answered
	_, metrics := ask(t, "GET", h.URL+"/metrics", "")
	if got := sample(t, metrics, series); got != 0 {
		t.Errorf("%v still wait", got)
	}
}

func TestNotReadyWhileLoadingDrainingOrNever(t *testing.T) {
	s, h := running(t, nil)
	status := func(path string) int { response, _ := ask(t, "GET", h.URL+path, ""); return response.StatusCode }
	expect := func(when string, health, ready int) {
		t.Helper()
		if got := [2]int{status("/health"), status("/ready")}; got != [2]int{health, ready} {
			t.Errorf("%s: health and ready are %v, want [%d %d]", when, got, health, ready)
		}
	}
	expect("loaded", 200, 200)
	s.started.Store(false)
	expect("loading", 503, 503)
	if got := status("/"); got != 503 {
		t.Errorf("answers %d while loading", got)
	}
	s.started.Store(true)
	s.draining.Store(true)
	expect("draining", 200, 503)
	if got := status("/"); got != 200 {
		t.Errorf("answers %d while draining", got)
	}
	s.draining.Store(false)
	s.faults.Store(&Faults{Unready: true})
	expect("never ready", 200, 503)
}

func TestFaultsAreSwitchedAtRunTimeAndRefusedWhenTheyMakeNoSense(t *testing.T) {
	s, _ := running(t, map[string]string{"ERROR_RATE": "0.1"})
	crashed := ""
	s.crash = func(message string) { crashed = message }
	admin := httptest.NewServer(s.admin())
	t.Cleanup(admin.Close)
	url := admin.URL + "/admin/faults"

	if response, body := ask(t, "POST", url, `{"delayRate":0.5,"delay":"3s"}`); response.StatusCode != 200 {
		t.Fatal(body)
	}
	want := Faults{ErrorRate: 0.1, DelayRate: 0.5, Delay: Duration(3 * time.Second), Latency: Duration(5 * time.Millisecond)}
	if got := *s.faults.Load(); got != want {
		t.Fatalf("%+v", got)
	}
	if response, body := ask(t, "POST", url+"?errorRate=1&neverReady=true&latency=1ms", ""); response.StatusCode != 200 {
		t.Fatal(body)
	}
	want.ErrorRate, want.Unready, want.Latency = 1, true, Duration(time.Millisecond)
	if got := *s.faults.Load(); got != want {
		t.Fatalf("%+v", got)
	}
	for _, wrong := range []string{`{"errorRate":1.5}`, `{"errorFrom":-1}`, `{"errorRat":0.5}`, `{"delay":"soon"}`, `{"delay":"-1s"}`,
		`{"delayRate":1,"delay":"0s"}`, ``} {
		if response, body := ask(t, "POST", url, wrong); response.StatusCode != 400 {
			t.Errorf("%s was accepted: %s", wrong, body)
		}
	}
	if got := *s.faults.Load(); got != want {
		t.Fatalf("a refused change took effect: %+v", got)
	}
	if ask(t, "POST", url, `{"crash":true}`); !strings.Contains(crashed, "fault") {
		t.Fatalf("no crash: %q", crashed)
	}
}

func TestErrorsCanKeepToLongRequests(t *testing.T) {
	_, h := running(t, map[string]string{"ERROR_RATE": "1", "ERROR_FROM": "30", "LATENCY": "0s"})
	url := h.URL + "/v1/completions"
	for body, status := range map[string]int{
		`{"prompt":"hello"}`:                      200,
		`{"prompt":"why does a canary go first"}`: 500,
	} {
		if response, answer := ask(t, "POST", url, body); response.StatusCode != status {
			t.Errorf("%s: %d instead of %d: %s", body, response.StatusCode, status, answer)
		}
	}
	if response, _ := ask(t, "GET", h.URL+"/", ""); response.StatusCode != 200 {
		t.Errorf("a request without a body: %d", response.StatusCode)
	}
}

func TestEnvironmentOverridesWhatIsBakedIn(t *testing.T) {
	env := map[string]string{"ERROR_RATE": "0"}
	settings, err := readSettings(lookupIn("ERROR_RATE=0.2\nDELAY_RATE=0.5\nDELAY=3s",
		func(name string) (string, bool) { v, ok := env[name]; return v, ok }))
	if err != nil {
		t.Fatal(err)
	}
	if settings.Faults.ErrorRate != 0 || settings.Faults.DelayRate != 0.5 {
		t.Fatalf("%+v", settings.Faults)
	}
}

func TestEveryWrongSettingIsNamedAtOnce(t *testing.T) {
	env := map[string]string{"ERROR_RATE": "20%", "DELAY": "3", "NEVER_READY": "perhaps", "MAX_RUNNING": "0",
		"DELAY_RATE": "NaN"}
	_, err := readSettings(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range []string{"ERROR_RATE", "DELAY", "NEVER_READY", "MAX_RUNNING", "delayRate"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
}

func TestCheckPassesOnAHealthyServerAndFailsOnAnUnreadyOne(t *testing.T) {
	s, h := running(t, nil)
	if code := check(h.URL); code != 0 {
		t.Fatalf("exit %d", code)
	}
	s.faults.Store(&Faults{Unready: true})
	if code := check(h.URL); code != 1 {
		t.Fatalf("exit %d", code)
	}
}

func await(t *testing.T, condition func() bool) {
	t.Helper()
	for limit := time.Now().Add(10 * time.Second); time.Now().Before(limit); {
		if condition() {
			return
		}
	}
	t.Fatal("not within 10 s")
}
