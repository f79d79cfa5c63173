package dev.slipway.activities.page;

import dev.slipway.activities.OneLine;
import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.PageOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages and changes in PagerDuty's terms, within its limits. */
final class Notices {
    static final int LONGEST_SUMMARY = 1024;
    /** Of 512 KiB for an event, also when every character is written as an escape of six. */
    static final int LONGEST_DETAIL = 32 * 1024;

    private final PagerDutyLinks links;

    Notices(PagerDutyLinks links) {
        this.links = links;
    }

    Notice.Trigger trigger(PageOrder order) {
        ReleaseId release = order.release();
        String slot = slot(release, order.environment());
        Map<String, String> details = details(release, order.environment());
        details.put("what", cut(order.summary(), LONGEST_DETAIL));
        details.put("runbook", links.runbook(order.alert()).orElse(order.alert().runbook()));
        details.put("page", order.id());
        List<Link> where = new ArrayList<>();
        links.runbook(order.alert()).ifPresent(href -> where.add(new Link(href, "Runbook " + order.alert())));
        links.workflow(slot).ifPresent(href -> where.add(new Link(href, "Stage " + slot)));
        links.workflow(release.toString()).ifPresent(href -> where.add(new Link(href, "Release " + release)));
        return new Notice.Trigger(
                DedupKey.of(order.key()),
                cut(
                        order.alert() + " " + release + " in " + order.environment() + ": "
                                + OneLine.of(order.summary()),
                        LONGEST_SUMMARY),
                slot,
                severity(order.alert()),
                release.service().value(),
                order.environment().value(),
                order.alert().name(),
                details,
                where);
    }

    Notice.ChangeNote change(Change change) {
        Map<String, String> details = details(change.release(), change.environment());
        details.put("attempt", Integer.toString(change.attempt()));
        details.put("outcome", change.outcome());
        details.put("reason", cut(change.reason(), LONGEST_DETAIL));
        details.put("change", change.id());
        String slot = slot(change.release(), change.environment());
        List<Link> where = new ArrayList<>();
        links.workflow(change.release().toString())
                .ifPresent(href -> where.add(new Link(href, "Release " + change.release())));
        return new Notice.ChangeNote(
                cut(OneLine.of(change.sentence()), LONGEST_SUMMARY), slot, change.at(), details, where);
    }

    /** How fast somebody must look: the column Hurry of docs/runbooks. */
    static String severity(Alert alert) {
        return switch (alert) {
            case SlipwayStuck, SlipwayOrphan, SlipwayNoWorker, SlipwayUnreachable -> "critical";
            case SlipwayInterfered, SlipwayBlind -> "error";
            case SlipwayHolding, SlipwayApprovalExpiring -> "warning";
        };
    }

    private static String slot(ReleaseId release, EnvironmentName environment) {
        return new SlotId(release.service(), environment).toString();
    }

    private static Map<String, String> details(ReleaseId release, EnvironmentName environment) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("service", release.service().value());
        details.put("version", release.version().value());
        details.put("environment", environment.value());
        details.put("release", release.toString());
        return details;
    }

    /** Half of a character that takes two is none. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
