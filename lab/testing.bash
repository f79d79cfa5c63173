# Sourced by the lab's tests. `check NAME COMMAND...` runs a command and prints one line; the script's exit code tells of failures.
set -uo pipefail
lab=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
state=${SLIPWAY_LAB_STATE:-/var/lib/slipway-lab}
work=$(mktemp -d)
passed=0
failed=0

check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "ok      $name"
    else
        failed=$((failed + 1))
        echo "FAILED  $name"
        tail -n 25 <<<"$output" | sed 's/^/          /'
    fi
}

# fails COMMAND...: succeeds when the command does not.
fails() { ! "$@"; }

# within GOAL COMMAND...: succeeds when the command does; prints on descriptor 3 how long it took, beside the goal in
# seconds. Only told: how busy the machine is does not decide whether a test is green.
within() {
    local goal=$1 begin took verdict
    shift
    begin=$(date +%s%3N)
    "$@" || return 1
    took=$(($(date +%s%3N) - begin))
    ((took <= goal * 1000)) && verdict=met || verdict="MISSED, load average $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores"
    echo "        $((took / 1000)).$(printf %03d $((took % 1000))) s (goal $goal s: $verdict)" >&3
}
exec 3>&1

# eventually SECONDS COMMAND...: repeats the command until it succeeds.
eventually() {
    local end=$((SECONDS + $1)) output
    shift
    until output=$("$@" 2>&1); do
        if [ "$SECONDS" -ge "$end" ]; then
            echo "$output"
            return 1
        fi
        sleep 0.2
    done
}

finish() {
    rm -rf "$work"
    echo "$(basename "$0"): $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
