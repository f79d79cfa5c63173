package dev.slipway.starter;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.encryption.Encryption;
import dev.slipway.model.Actor;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Temporal's codec server: its UI and CLI hand in payloads as Temporal has them and show what comes back. Payloads and
 * their JSON are Temporal's own form; who may is asked as everywhere, and who did is in the log.
 */
@RestController
@RequestMapping(CodecController.PATH)
class CodecController {
    static final String PATH = "/codec";

    private static final Logger LOG = LoggerFactory.getLogger(CodecController.class);
    /** What Temporal sends in one message (4 MiB), in Base64. */
    private static final int MOST = 8 * 1024 * 1024;

    private final PayloadCodec codec;

    CodecController(Encryption encryption) {
        this.codec = encryption.codec();
    }

    @PostMapping("/decode")
    @Requires(Verb.DECODE)
    ResponseEntity<String> decode(@RequestAttribute(AuthenticationFilter.ACTOR) Actor actor, HttpServletRequest request)
            throws IOException {
        return answer(actor, "decoded", request, codec::decode);
    }

    /** For input that a person gives to the UI or CLI; Slipway reads it unencrypted as well. */
    @PostMapping("/encode")
    @Requires(Verb.DECODE)
    ResponseEntity<String> encode(@RequestAttribute(AuthenticationFilter.ACTOR) Actor actor, HttpServletRequest request)
            throws IOException {
        return answer(actor, "encoded", request, codec::encode);
    }

    private static ResponseEntity<String> answer(
            Actor actor, String what, HttpServletRequest request, UnaryOperator<List<Payload>> codec)
            throws IOException {
        List<Payload> given = read(request).getPayloadsList();
        Payloads answer =
                Payloads.newBuilder().addAllPayloads(codec.apply(given)).build();
        LOG.info("{} {} {} payloads of Temporal's", actor, what, given.size());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonFormat.printer().print(answer));
    }

    private static Payloads read(HttpServletRequest request) throws IOException {
        byte[] body = BodyLimit.read(request, MOST, "a request to the codec has at most 8 MiB");
        Payloads.Builder payloads = Payloads.newBuilder();
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(new String(body, StandardCharsets.UTF_8), payloads);
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.malformed("the body is no JSON of Temporal's Payloads: {\"payloads\": [...]}");
        }
        return payloads.build();
    }
}
