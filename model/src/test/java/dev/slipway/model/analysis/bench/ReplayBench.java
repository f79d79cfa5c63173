package dev.slipway.model.analysis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The same races as {@link JudgeBench}, on counters that were recorded on the lab: {@code bench/replay}. With fixed seeds; the
 * same recording and number of runs give the same figures.
 */
public final class ReplayBench {
    private static final int HALF_A_DAY = 43_200;
    private static final double TENTH = 0.1;

    private ReplayBench() {}

    /**
     * Runs all of it.
     *
     * @param args the recording, the file for the figures, and how many runs of everything
     */
    public static void main(String[] args) throws IOException {
        Map<String, Recording> recordings = Recording.read(Path.of(args[0]));
        int runs = Integer.parseInt(args[2]);
        recordings.forEach((name, recording) -> System.out.println(name + ": " + recording.words()));
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("runs", Integer.toString(runs));
        sections.put("ramps", ramps(recordings, 1, runs));
        sections.put("rampsByPrometheus", ramps(recordings, 5, runs));
        sections.put("rampsLearnt", rampsLearnt(recordings, runs));
        sections.put("soaks", soaks(recordings, runs));
        Path file = Path.of(args[1]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JudgeBench.object(sections) + "\n");
        System.out.println("\nfigures in " + file);
    }

    private static String ramps(Map<String, Recording> recordings, int scrape, int runs) {
        Report report = new Report(
                "Ramps: bad from its first request; scrapes every " + scrape + " s", JudgeBench.RAMPS_WANTED);
        courses(recordings, scrape)
                .forEach((name, course) -> report.add(name, () -> new Race(course, 0, runs, Ours.ramps()).run()));
        return report.json();
    }

    private static String rampsLearnt(Map<String, Recording> recordings, int runs) {
        Report report = new Report(
                "Ramps: the same, scraped every second, after ten minutes of stable alone", JudgeBench.RAMPS_WANTED);
        courses(recordings, 1)
                .forEach((name, course) ->
                        report.add(name, () -> new Race(course, 0, runs, Ours.rampsAfter(course)).run()));
        return report.json();
    }

    private static String soaks(Map<String, Recording> recordings, int runs) {
        Report report = new Report("Soaks: bad after 12 healthy hours; scrapes every 5 s", JudgeBench.SOAKS_WANTED);
        courses(recordings, 5)
                .forEach((name, course) ->
                        report.add(name, () -> new Race(course, HALF_A_DAY, runs, Ours.soaks()).run()));
        return report.json();
    }

    private static Map<String, Course> courses(Map<String, Recording> recordings, int scrape) {
        Map<String, Course> courses = new LinkedHashMap<>();
        recordings.forEach((name, recording) -> {
            courses.put(name, new Recorded(recording, scrape, 0));
            if (name.equals("bursty")) {
                courses.put(name + ", every tenth scrape missing", new Recorded(recording, scrape, TENTH));
            }
        });
        return courses;
    }
}
