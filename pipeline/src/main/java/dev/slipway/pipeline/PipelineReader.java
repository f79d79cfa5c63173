package dev.slipway.pipeline;

import dev.slipway.model.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a release.yaml. Whatever is in the bytes, the answer is a pipeline or all of its problems, no exception. */
public final class PipelineReader {
    private PipelineReader() {}

    /**
     * Checks everything that the file alone can tell.
     *
     * @param file the name that problems show, such as {@code release.yaml}
     */
    public static Checked<Pipeline> read(String file, byte[] bytes) {
        Problems problems = new Problems(file);
        String text = YamlText.decode(bytes, problems);
        Optional<YamlTree> tree = text == null ? Optional.empty() : new YamlParser(problems).parse(text);
        if (text == null || tree.isEmpty()) {
            return problems.invalid();
        }
        SchemaRules.check(tree.get(), problems);
        Optional<Pipeline> pipeline =
                pipeline(new Source(file, text), tree.get().part(), problems);
        if (problems.none()) {
            SchemaRules.checkUnsaid(tree.get(), problems);
        }
        return problems.none() && pipeline.isPresent() ? new Checked.Valid<>(pipeline.get()) : problems.invalid();
    }

    /** The JSON Schema of the format, for editors. */
    public static String schema() {
        return SchemaRules.text();
    }

    private static Optional<Pipeline> pipeline(Source source, Part file, Problems problems) {
        Header header = new Header(file, problems);
        Set<String> environments = file.items("stages").stream()
                .flatMap(stage -> stage.text("environment").stream())
                .collect(Collectors.toSet());
        SloRules slos = new SloRules(problems, environments);
        file.get("slos").keys().forEach(name -> slos.check(file.get("slos").get(name), name));
        List<Pipeline.Stage> stages = new Stages(file, header.drain(), problems).read();
        Optional<ServiceName> service = header.service();
        FilePath chart = header.chart();
        var image = header.image();
        var release = header.helmRelease();
        var traffic = header.traffic();
        return service.map(name -> new Pipeline(
                source,
                name,
                header.owner(),
                chart,
                image,
                release,
                header.undoHooks(),
                header.risk(),
                traffic,
                stages));
    }
}
