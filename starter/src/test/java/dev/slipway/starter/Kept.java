package dev.slipway.starter;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that Temporal has of a release: history and description, as JSON, of its workflow and of each that it names. */
final class Kept {
    private static final Pattern WORKFLOW = Pattern.compile("\"workflowId\":\\s*\"([^\"]+)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> documents = new TreeMap<>();

    private Kept(WorkflowClient client, String first) {
        Deque<String> left = new ArrayDeque<>(Set.of(first));
        Set<String> seen = new TreeSet<>(left);
        while (!left.isEmpty()) {
            String id = left.remove();
            try {
                documents.put("history of " + id, client.fetchHistory(id).toJson(false));
                documents.put("description of " + id, description(client, id));
            } catch (WorkflowNotFoundException named) {
                continue;
            }
            Matcher named = WORKFLOW.matcher(documents.get("history of " + id));
            named.results().map(found -> found.group(1)).filter(seen::add).forEach(left::add);
        }
    }

    static Kept of(WorkflowClient client, String release) {
        return new Kept(client, release);
    }

    Set<String> names() {
        return documents.keySet();
    }

    /** The names of the fields, at any depth, in which the text is, plainly or in Base64 or as in an address. */
    Set<String> placesOf(String text) {
        Set<String> places = new TreeSet<>();
        String[] forms = forms(text);
        documents.forEach((name, document) -> {
            collect(JSON.readTree(document), "", forms, places);
            if (Arrays.stream(forms).anyMatch(document::contains)) {
                places.add("somewhere");
            }
        });
        return places;
    }

    private static void collect(JsonNode node, String path, String[] forms, Set<String> places) {
        if (node.isString() && Arrays.stream(forms).anyMatch(node.asString()::contains)) {
            places.add(path);
        }
        node.properties().forEach(field -> {
            collect(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), forms, places);
            if (Arrays.stream(forms).anyMatch(field.getKey()::contains)) {
                places.add(path + " (a name)");
            }
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, path, forms, places));
        }
    }

    /** Within a longer text, Base64 shows it in one of three ways. */
    private static String[] forms(String text) {
        Stream<String> base64 = Stream.of(0, 1, 2).map(shift -> {
            byte[] shifted = (" ".repeat(shift) + text).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().encodeToString(shifted);
            return encoded.substring(shift == 0 ? 0 : shift + 1, shifted.length * 8 / 6);
        });
        return Stream.concat(Stream.of(text, URLEncoder.encode(text, StandardCharsets.UTF_8)), base64)
                .toArray(String[]::new);
    }

    private static String description(WorkflowClient client, String id) {
        try {
            return JsonFormat.printer()
                    .print(client.getWorkflowServiceStubs()
                            .blockingStub()
                            .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                    .setNamespace(client.getOptions().getNamespace())
                                    .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                                    .build()));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
