package main

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestARecordIsOfOneProcessAndNotOfALaterOneWithItsPid(t *testing.T) {
	mine := record{Pid: os.Getpid(), Start: startTime(os.Getpid())}
	if !mine.alive() {
		t.Error("this process runs, and its record says that it does not")
	}
	if (record{Pid: os.Getpid(), Start: "1"}).alive() {
		t.Error("a record with another start time is taken for this process")
	}
}

func TestStopKillsWhatDoesNotEndByItself(t *testing.T) {
	stubborn := exec.Command("sh", "-c", "trap '' TERM; echo; while :; do read line; done")
	input, _ := stubborn.StdinPipe()
	defer input.Close()
	output, _ := stubborn.StdoutPipe()
	if err := stubborn.Start(); err != nil {
		t.Fatal(err)
	}
	output.Read(make([]byte, 1)) // the trap is set
	r := record{Pid: stubborn.Process.Pid, Start: startTime(stubborn.Process.Pid)}
	r.stop(50 * time.Millisecond)
	if r.alive() {
		t.Error("it still runs")
	}
	stubborn.Wait()
}
