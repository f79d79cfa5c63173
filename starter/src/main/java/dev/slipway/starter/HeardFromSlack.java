package dev.slipway.starter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;

/** There when Slack is listened to, whichever way its words come. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(HeardFromSlack.Either.class)
@interface HeardFromSlack {
    /** One of the two ways; both at once are refused by the settings. */
    class Either extends AnyNestedCondition {
        Either() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("slipway.slack.signing-secret-file")
        static class BySignedRequests {}

        @ConditionalOnProperty("slipway.slack.app-token-file")
        static class ByASocket {}
    }
}
