# `make help` lists the targets. A target's line in that list is the text after its two number signs.
SHELL := /bin/bash
.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: lab lab-down lab-status
lab: ## build (once, about 20 min) and start the local Kubernetes, Temporal, gateway and Prometheus
	@lab/lab up
lab-down: down ## stop Slipway and the lab and remove all that it left on this machine
	@lab/lab down
lab-status: ## one line per part of the lab
	@lab/lab status

.PHONY: up down
up: ## start Slipway against the lab: control worker, one worker per environment, starter
	@lab/slipway up
down: ## drain and stop Slipway; the lab stays
	@lab/slipway down

.PHONY: mutants
mutants: ## break our own code in ten ways: the crash sweep must turn red each time (about 20 min)
	@bench/mutants/run

.PHONY: test e2e e2e-all demo bench bench-judge bench-replay bench-hub bench-approvals bench-authorizer
test: ## build everything and run the unit, workflow and adapter tests (mvn verify)
	@mvn -B -ntp verify
e2e: lab up ## real releases on the lab, as CI runs them
	@lab/e2e/run
e2e-all: lab up ## the long ones too: workers, helm and every part of the lab killed and frozen in turn
	@E2E_ALL=1 lab/e2e/run
	@lab/slipway down # test-crash ends with a new lab, whose certificates what runs now does not know
	@lab/test-crash
demo: lab up ## a good release and a bad one, on the lab; leaves everything running
	@lab/demo/run
bench-judge: ## simulate, without the lab: how fast the judge finds a defect, and how often it raises a false alarm (5 min)
	@bench/judge
bench-replay: ## the same on counters that were recorded on the lab (5 min)
	@bench/replay
bench-hub: ## measure, without the lab: what ten thousand soaks cost in one watch hub (8 min)
	@bench/hub
bench-approvals: ## measure, without the lab: how soon a release goes on after somebody approved in Slack (3 min)
	@bench/approvals
bench-authorizer: ## measure, without the lab: what a call to Temporal costs more through the authorizer (1 min)
	@bench/authorizer
bench: bench-judge bench-replay bench-hub bench-approvals bench-authorizer lab up ## measure on the lab: how fast Slipway is back after kill -9, and goes on after an approval; tables and build/reports/
	@bench/run
