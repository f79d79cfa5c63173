package dev.slipway.starter;

import dev.slipway.workflows.api.Sink;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told of releases beside the records and Slack, under {@code slipway.tell}.
 *
 * @param sinks of releases that are requested from now on; the control worker knows where they are
 */
@ConfigurationProperties("slipway.tell")
record TellSettings(@DefaultValue List<Sink> sinks) {
    TellSettings {
        sinks = sinks.stream().distinct().toList();
    }
}
