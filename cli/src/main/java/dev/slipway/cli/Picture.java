package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One release on one screen: what it is, where it stands and why, and the tree of its stages. State in, lines out. */
final class Picture {
    private static final int SHORT_DIGEST = 12;
    private static final int LABEL = 13;

    private final ReleaseView view;
    private final Instant now;
    private final Sheet sheet;
    private final boolean brief;

    private Picture(ReleaseView view, Instant now, Sheet sheet, boolean brief) {
        this.view = view;
        this.now = now;
        this.sheet = sheet;
        this.brief = brief;
    }

    /** Everything there is to show. */
    static List<String> full(ReleaseView view, Instant now, int width, boolean colours) {
        return draw(view, now, width, colours, false);
    }

    /** As much as fits on a screen: first the detail of what went well is left out, then the picture is cut. */
    static List<String> fitted(ReleaseView view, Instant now, Terminal.Size size, boolean colours) {
        int room = Math.max(3, size.rows() - 1);
        List<String> all = draw(view, now, size.columns(), colours, false);
        if (all.size() > room) {
            all = draw(view, now, size.columns(), colours, true);
        }
        if (all.size() <= room) {
            return all;
        }
        List<String> top = new ArrayList<>(all.subList(0, room - 1));
        String more = "… " + (all.size() - room + 1) + " more lines: slipway get "
                + SafeText.line(view.release().toString());
        top.add(Sheet.cut(more, size.columns()));
        return top;
    }

    private static List<String> draw(ReleaseView view, Instant now, int width, boolean colours, boolean brief) {
        Sheet sheet = new Sheet(width, colours);
        new Picture(view, now, sheet, brief).draw();
        return sheet.lines();
    }

    private void draw() {
        header();
        int names = view.stages().stream()
                .mapToInt(s -> s.environment().value().length())
                .max()
                .orElse(0);
        for (StageView stage : view.stages()) {
            stage(stage, names);
        }
        List<String> next = NextCommands.of(view);
        if (!next.isEmpty()) {
            sheet.line();
            next.forEach(command -> field("next", command, Ink.BOLD));
        }
    }

    private void header() {
        Mark mark = Mark.of(view);
        sheet.line(
                new Sheet.Part(view.release().toString(), Ink.BOLD),
                Sheet.Part.of("  "),
                new Sheet.Part(mark.glyph() + " " + mark.word(), mark.ink()),
                new Sheet.Part(view.attempt() > 1 ? "  attempt " + view.attempt() : "", Ink.PLAIN));
        if (!view.waitingFor().isEmpty()) {
            field("waiting for", view.waitingFor(), Ink.WAIT);
        }
        if (!view.reason().isEmpty()) {
            field("reason", view.reason(), view.phase() == Phase.DONE ? mark.ink() : Ink.PLAIN);
        }
        field("digests", digests(), Ink.PLAIN);
        field("requested by", requested(), Ink.PLAIN);
        if (!view.authors().none()) {
            field("written by", view.authors().toString(), Ink.PLAIN);
        }
        String temporal = view.links().get("temporal");
        if (temporal != null && !temporal.isEmpty()) {
            field("temporal", temporal, Ink.PLAIN);
        }
        sheet.line();
    }

    private String digests() {
        return "image " + shortened(view.digests().image()) + ", chart "
                + shortened(view.digests().chart()) + ", values "
                + shortened(view.digests().values()) + ", pipeline "
                + shortened(view.digests().pipeline());
    }

    private String requested() {
        if (view.startedAt() == null) {
            return view.requestedBy();
        }
        String took = Spans.between(view.startedAt(), view.endedAt(), now);
        return view.requestedBy() + ", started " + Spans.at(view.startedAt())
                + (view.endedAt() == null ? ", running for " : ", took ") + took;
    }

    private void field(String label, String text, Ink ink) {
        sheet.text(List.of(new Sheet.Part("  " + Sheet.pad(label, LABEL), Ink.FAINT)), text, ink, "");
    }

    private void stage(StageView stage, int names) {
        Mark mark = Mark.of(stage);
        List<Sheet.Part> line = new ArrayList<>();
        line.add(new Sheet.Part(mark.glyph() + " ", mark.ink()));
        line.add(new Sheet.Part(Sheet.pad(stage.environment().value(), names + 2), Ink.BOLD));
        line.add(new Sheet.Part(Sheet.pad(mark.word(), 11), mark.ink()));
        line.add(new Sheet.Part("  " + Sheet.pad(took(stage), 8), Ink.FAINT));
        if (shiftsTraffic(stage)) {
            line.add(Sheet.Part.of("canary weight "));
            line.add(new Sheet.Part(
                    "want " + stage.want() + "%  actual " + stage.actual() + "%",
                    stage.want() == stage.actual() ? Ink.PLAIN : Ink.WAIT));
        }
        sheet.line(line.toArray(Sheet.Part[]::new));
        boolean tree = !(brief && "PROMOTED".equals(stage.outcome()));
        if (tree && !stage.reason().isEmpty() && !stage.reason().equals(view.reason())) {
            sheet.text(List.of(Sheet.Part.of("  │  ")), stage.reason(), mark.ink(), "  │  ");
        }
        if (tree) {
            new StageTree(stage, now, sheet, brief).draw();
        }
    }

    /** Whether the stage has, or had, a share of traffic to speak of. */
    private static boolean shiftsTraffic(StageView stage) {
        return stage.want() > 0
                || stage.actual() > 0
                || stage.steps().stream()
                        .anyMatch(s -> s.kind().equals("ramp") && !s.state().equals("PENDING"));
    }

    private String took(StageView stage) {
        Instant start = stage.steps().stream()
                .map(StepView::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        Instant end = stage.outcome() == null
                ? null
                : stage.steps().stream()
                        .map(StepView::endedAt)
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(view.endedAt());
        return Spans.between(start, end, now);
    }

    private static String shortened(Digest digest) {
        return digest.value().substring("sha256:".length(), "sha256:".length() + SHORT_DIGEST);
    }
}
