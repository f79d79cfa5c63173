package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.Authors;
import dev.slipway.model.Digests;
import dev.slipway.model.Image;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.ServiceName;
import dev.slipway.model.StagePlan;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.workflows.api.ReleaseOrder;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** From an upload to an order: read, checked, allowed, every digest fixed, the bundle kept. */
@Component
class Intake {
    private final Plans plans;
    private final Authorization authorization;
    private final BundleStore bundles;
    private final DecisionKey key;
    private final SlackSettings slack;
    private final TellSettings tell;
    private final AddressBook addresses;

    Intake(
            Plans plans,
            Authorization authorization,
            BundleStore bundles,
            DecisionKey key,
            SlackSettings slack,
            TellSettings tell,
            AddressBook addresses) {
        this.slack = slack;
        this.tell = tell;
        this.addresses = addresses;
        this.plans = plans;
        this.authorization = authorization;
        this.bundles = bundles;
        this.key = key;
    }

    /**
     * The order of a first attempt.
     *
     * @throws Refusal when anything is wrong with it or not allowed; nothing was started and nothing kept
     */
    ReleaseOrder order(Actor actor, StartRequest request, byte[] archive) {
        String tag = request.tag();
        Authors authors = addresses.authors(request.namedAuthors());
        Bundle bundle = Plans.bundle(archive);
        Pipeline pipeline = Plans.require(bundle.pipeline());
        allow(actor, request, pipeline.service());
        ReleasePlan plan = Plans.require(plans.plan(pipeline));
        demandEverywhere(actor, Verb.START, plan);
        demandAuthors(authors, pipeline);
        if (request.superseding()) {
            demandEverywhere(actor, Verb.SUPERSEDE, plan);
        }
        bundles.keep(bundle);
        Digests digests = bundle.digests(request.requiredImage());
        return new ReleaseOrder(
                new ReleaseId(plan.service(), request.requiredVersion()),
                1,
                plan,
                bundle.ref(),
                new Image(
                        plan.image().repository(),
                        tag,
                        digests.image(),
                        plan.image().valuesKey()),
                digests,
                actor,
                key.verifiers(),
                slack.channelOf(plan.service()),
                request.superseding(),
                tell.sinks(),
                List.of(),
                authors);
    }

    private void demandAuthors(Authors authors, Pipeline pipeline) {
        plans.authorsMissing(pipeline, authors).ifPresent(missing -> {
            throw Refusal.authorsMissing(missing);
        });
    }

    private void demandEverywhere(Actor actor, Verb verb, ReleasePlan plan) {
        for (StagePlan stage : plan.stages()) {
            authorization.demand(
                    actor, verb, plan.service(), Optional.of(stage.environment().name()));
        }
    }

    private void allow(Actor actor, StartRequest request, ServiceName service) {
        authorization.demand(actor, Verb.START, service, Optional.empty());
        if (request.service() != null && !request.service().equals(service)) {
            throw Refusal.malformed("the bundle is of service " + service + ", the request says " + request.service());
        }
        request.requiredVersion();
        request.requiredImage();
    }
}
