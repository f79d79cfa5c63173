package dev.slipway.model;

/**
 * Why a person is called. The name is the one on the page and of the runbook
 * ({@code docs/runbooks/<name>.md}: Meaning, Impact, Diagnosis, Mitigation).
 */
public enum Alert {
    /** An undo could not be done or verified; the stage waits for a person. */
    SlipwayStuck("stuck"),
    /** Somebody else changed what a stage was working on; theirs was left alone. */
    SlipwayInterfered("interfered"),
    /** The new version had traffic without evidence for longer than allowed; the traffic was taken off. */
    SlipwayBlind("blind"),
    /** A release waits for a person or for evidence, and nothing goes on by itself. */
    SlipwayHolding("holding"),
    /** An approval's time is running out and nobody has decided. */
    SlipwayApprovalExpiring("approval-expiring"),
    /** No worker takes an environment's work. */
    SlipwayNoWorker("no-worker"),
    /** Workers run, but the cluster does not answer them, or Helm is locked. */
    SlipwayUnreachable("unreachable"),
    /** Something of ours is left in a cluster and no stage is open that would put it back. */
    SlipwayOrphan("orphan");

    private final String kind;

    Alert(String kind) {
        this.kind = kind;
    }

    /** The last part of the page's id: {@code page:<service>@<version>:<kind>}. */
    public String kind() {
        return kind;
    }

    /** Whether Slipway itself learns when the reason is gone; otherwise a person closes the page. */
    public boolean resolves() {
        return this != SlipwayInterfered;
    }

    /** The runbook, as a path in the repository. */
    public String runbook() {
        return "docs/runbooks/" + name() + ".md";
    }
}
