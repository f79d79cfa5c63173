package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ServiceName;
import dev.slipway.model.SlotId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Slots: one service in one environment. */
@RestController
@RequestMapping("/api/v1/slots/{service}/{environment}")
class SlotsController {
    private static final String ACTOR = AuthenticationFilter.ACTOR;

    private final Recoveries recoveries;
    private final Authorization authorization;

    SlotsController(Recoveries recoveries, Authorization authorization) {
        this.recoveries = recoveries;
        this.authorization = authorization;
    }

    @PostMapping("/recover")
    @Requires(Verb.RECOVER)
    @ResponseStatus(HttpStatus.ACCEPTED)
    RecoveryAnswer recover(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ServiceName service,
            @PathVariable EnvironmentName environment,
            @RequestBody(required = false) @Nullable RecoverRequest request) {
        authorization.demand(actor, Verb.RECOVER, service, Optional.of(environment));
        return recoveries.recover(
                actor, service, environment, Optional.ofNullable(request).orElse(RecoverRequest.PLAIN));
    }

    @GetMapping("/recovery")
    @Requires(Verb.READ)
    RecoveryAnswer recovery(
            @RequestAttribute(ACTOR) Actor actor,
            @PathVariable ServiceName service,
            @PathVariable EnvironmentName environment,
            @RequestParam(required = false) @Nullable String run) {
        authorization.demand(actor, Verb.READ, service, Optional.of(environment));
        return recoveries.see(new SlotId(service, environment), run);
    }
}
