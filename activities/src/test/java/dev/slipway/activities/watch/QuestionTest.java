package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final Track LLM = new Track("production", "llm");

    @Test
    void tellsTheTrackFromWhatIsAskedOfIt() {
        Question question = Question.of(of("requests{status=~\"5..\"}", LLM)).orElseThrow();

        assertThat(question).isEqualTo(new Question(Selector.parse("requests{status=~\"5..\"}"), LLM));
    }

    @Test
    void whatAReleaseYamlSaysOfItsNamespaceStaysWhereItIs() {
        Question question =
                Question.of(of("requests{namespace=\"elsewhere\"}", LLM)).orElseThrow();

        assertThat(question.track()).isEqualTo(LLM);
        assertThat(question.shape()).hasToString("requests{namespace=\"elsewhere\"}");
    }

    @Test
    void aMatcherThatCameLaterIsPartOfTheQuestion() {
        Selector bucket = of("seconds_bucket", LLM).matching("le", "2\\.5");

        assertThat(Question.of(bucket).orElseThrow().shape()).hasToString("seconds_bucket{le=~\"2\\\\.5\"}");
    }

    @Test
    void aSelectorOfEverybodyIsNoQuestionAboutATrack() {
        assertThat(Question.of(Selector.parse("up{namespace=\"production\"}"))).isEmpty();
    }

    @Test
    void askedTogetherItNamesAllTracksLiterally() {
        List<Track> tracks = List.of(LLM, new Track("production", "a.b"), new Track("blue", "llm-canary"));

        assertThat(Question.together(Selector.parse("up"), tracks))
                .hasToString("up{namespace=~\"blue|production\","
                        + "app_kubernetes_io_instance=~\"a\\\\.b|llm|llm-canary\"}");
    }

    @Test
    void hundredsOfTracksAreAskedForByTheirNamespaceAlone() {
        List<Track> tracks = IntStream.range(0, 301)
                .mapToObj(i -> new Track("production", "s" + i))
                .toList();

        assertThat(Question.together(Selector.parse("up"), tracks))
                .hasToString("up{namespace=\"production\",app_kubernetes_io_instance=~\".+\"}");
    }

    private static Selector of(String selector, Track track) {
        return Selector.parse(selector).with(Track.NAMESPACE, track.namespace()).with(Track.INSTANCE, track.release());
    }
}
