package dev.slipway.workflows.stage;

import dev.slipway.model.Gate;

/** The word for each kind of gate. */
final class GateKind implements Gate.Cases<String> {
    @Override
    public String require(Gate.Require gate) {
        return "require";
    }

    @Override
    public String approve(Gate.Approve gate) {
        return "approve";
    }

    @Override
    public String soak(Gate.Soak gate) {
        return "soak";
    }

    @Override
    public String httpCheck(Gate.HttpCheck gate) {
        return "check.http";
    }
}
