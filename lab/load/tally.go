package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// unnamed stands for answers without a version: the gateway's own, or none at all.
const unnamed = "none"

// Report is what the whole run gave. A request failed when no answer came or its status is 400 or above.
type Report struct {
	URL       string             `json:"url"`
	Host      string             `json:"host,omitempty"`
	Rate      float64            `json:"rate"`
	StartedAt time.Time          `json:"startedAt"`
	Seconds   float64            `json:"seconds"` // of sending; waiting for the last answers is not in it
	Requests  uint64             `json:"requests"`
	Failed    uint64             `json:"failed"`
	Dropped   uint64             `json:"dropped"` // due, but not sent: concurrency was used up
	Statuses  map[string]uint64  `json:"statuses"`
	Errors    map[string]uint64  `json:"errors"` // requests without a whole answer, by cause
	Versions  map[string]Version `json:"versions"`
}

// Version is what one version answered; "none" is the gateway itself, or nobody.
type Version struct {
	Requests uint64             `json:"requests"`
	Share    float64            `json:"share"` // of all requests, percent
	Failed   uint64             `json:"failed"`
	Statuses map[string]uint64  `json:"statuses"`
	Latency  map[string]float64 `json:"latencyMs"` // p50, p90, p95, p99, max
}

// Second is what was answered since the Second before.
type Second struct {
	At       time.Time             `json:"at"`
	Second   int                   `json:"second"`
	Requests uint64                `json:"requests"`
	Failed   uint64                `json:"failed"`
	Dropped  uint64                `json:"dropped"`
	Versions map[string]SecondPart `json:"versions"`
}

// SecondPart is one version's part of a Second.
type SecondPart struct {
	Requests uint64 `json:"requests"`
	Failed   uint64 `json:"failed"`
}

func (s Second) String() string {
	parts := make([]string, 0, len(s.Versions))
	for _, name := range slices.Sorted(maps.Keys(s.Versions)) {
		part := s.Versions[name]
		parts = append(parts, fmt.Sprintf("%s %d (%d failed)", name, part.Requests, part.Failed))
	}
	return fmt.Sprintf("second %d: %s", s.Second, strings.Join(parts, ", "))
}

// Tally counts answers; it is safe for use by many goroutines and its size does not grow with the run.
type Tally struct {
	mutex    sync.Mutex
	order    Order
	versions map[string]*counts
	errors   map[string]uint64
	dropped  uint64
	last     Second // totals at the last second
}

type counts struct {
	requests, failed uint64
	statuses         map[string]uint64
	latency          spread
}

func newTally(order Order) *Tally {
	return &Tally{order: order, versions: map[string]*counts{}, errors: map[string]uint64{}}
}

func (t *Tally) drop() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.dropped++
}

func (t *Tally) add(answer Answer) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	name := answer.Version
	if name == "" {
		name = unnamed
	}
	of, ok := t.versions[name]
	if !ok {
		of = &counts{statuses: map[string]uint64{}}
		t.versions[name] = of
	}
	of.requests++
	if answer.Status != 0 {
		of.statuses[strconv.Itoa(answer.Status)]++
	}
	if answer.Failure != "" {
		t.errors[answer.Failure]++
	}
	if answer.Failure != "" || answer.Status >= 400 {
		of.failed++
	}
	of.latency.add(answer.Took)
}

func (t *Tally) second() Second {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	now := Second{At: time.Now().UTC(), Second: t.last.Second + 1, Dropped: t.dropped, Versions: map[string]SecondPart{}}
	delta := Second{At: now.At, Second: now.Second, Dropped: now.Dropped - t.last.Dropped, Versions: map[string]SecondPart{}}
	for name, of := range t.versions {
		now.Versions[name] = SecondPart{of.requests, of.failed}
		before := t.last.Versions[name]
		part := SecondPart{of.requests - before.Requests, of.failed - before.Failed}
		if part.Requests > 0 {
			delta.Versions[name] = part
		}
		delta.Requests += part.Requests
		delta.Failed += part.Failed
	}
	t.last = now
	return delta
}

func (t *Tally) report(begin time.Time, sending time.Duration) Report {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	r := Report{URL: t.order.URL, Host: t.order.Host, Rate: t.order.Rate, StartedAt: begin.UTC(),
		Seconds: math.Round(sending.Seconds()*1000) / 1000, Dropped: t.dropped, Statuses: map[string]uint64{},
		Errors: t.errors, Versions: map[string]Version{}}
	for _, of := range t.versions {
		r.Requests += of.requests
		r.Failed += of.failed
		for status, n := range of.statuses {
			r.Statuses[status] += n
		}
	}
	for name, of := range t.versions {
		share := math.Round(float64(of.requests)/float64(r.Requests)*10000) / 100
		r.Versions[name] = Version{of.requests, share, of.failed, of.statuses, of.latency.percentiles()}
	}
	return r
}

// spread holds durations in buckets that are 1 % wide, from 10 microseconds to more than an hour.
type spread struct {
	buckets [2000]uint32
	total   uint64
	longest time.Duration
}

const (
	narrowest = 10 * time.Microsecond
	width     = 1.01
)

func (s *spread) add(took time.Duration) {
	i := 0
	if took > narrowest {
		i = min(int(math.Log(float64(took)/float64(narrowest))/math.Log(width)), len(s.buckets)-1)
	}
	s.buckets[i]++
	s.total++
	s.longest = max(s.longest, took)
}

// percentiles are in milliseconds, at most 1 % above the true ones.
func (s *spread) percentiles() map[string]float64 {
	result := map[string]float64{"max": milliseconds(s.longest)}
	for _, p := range []float64{50, 90, 95, 99} {
		rank, seen := uint64(math.Ceil(p/100*float64(s.total))), uint64(0)
		for i, n := range s.buckets {
			if seen += uint64(n); seen >= rank {
				upper := time.Duration(float64(narrowest) * math.Pow(width, float64(i+1)))
				result[fmt.Sprintf("p%g", p)] = milliseconds(min(upper, s.longest))
				break
			}
		}
	}
	return result
}

func milliseconds(d time.Duration) float64 { return math.Round(float64(d.Microseconds())/10) / 100 }
