package dev.slipway.starter;

import dev.slipway.encryption.UnreadablePayloadException;
import dev.slipway.records.Unavailable;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every failure as a problem document; what is not foreseen is logged and told without its details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private static final Refusal TOO_LARGE =
            Refusal.tooLarge("a bundle has at most 1 MiB, the whole request 128 KiB more");

    private final StarterSettings settings;

    ProblemAdvice(StarterSettings settings) {
        this.settings = settings;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(Refusal refusal) {
        return ResponseEntity.status(refusal.status())
                .headers(refusal.headers())
                .body(refusal.document());
    }

    @ExceptionHandler({StatusRuntimeException.class, WorkflowServiceException.class})
    ResponseEntity<Object> temporal(RuntimeException failure) {
        if (Temporal.unanswered(failure)) {
            LOG.warn("Temporal does not answer", failure);
            return refused(Refusal.temporalUnreachable(settings.temporal().target()));
        }
        return internal(failure);
    }

    @ExceptionHandler
    ResponseEntity<Object> records(Unavailable failure) {
        LOG.warn("the records do not answer", failure);
        return refused(Refusal.recordsUnreachable());
    }

    @ExceptionHandler
    ResponseEntity<Object> broken(MultipartException failure) {
        boolean tooLarge = NestedExceptionUtils.getMostSpecificCause(failure) instanceof SizeException;
        return refused(tooLarge ? TOO_LARGE : Refusal.malformed("the body is no multipart/form-data"));
    }

    /** All threads for event streams are taken. */
    @ExceptionHandler
    ResponseEntity<Object> full(TaskRejectedException failure) {
        return refused(new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "too-many-streams",
                "Too many event streams",
                WebConfiguration.STREAMS + " releases are followed already",
                "ask for the release itself now and then"));
    }

    @ExceptionHandler
    ResponseEntity<Object> internal(Exception failure) {
        Optional<UnreadablePayloadException> unreadable = UnreadablePayloadException.in(failure);
        if (unreadable.isPresent()) {
            LOG.error("{}", unreadable.get().getMessage());
            return refused(Refusal.unreadable(unreadable.get()));
        }
        LOG.error("a request failed", failure);
        return refused(Refusal.internal());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
            MaxUploadSizeExceededException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return refused(TOO_LARGE);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return refused(Refusal.malformed(root(failure)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (root instanceof Refusal refusal) {
            return refused(refusal);
        }
        if (root instanceof UnrecognizedPropertyException unknown) {
            return refused(Refusal.malformed(
                    "unknown field '" + unknown.getPropertyName() + "'; known are " + unknown.getKnownPropertyIds()));
        }
        boolean ours = root instanceof IllegalArgumentException;
        String where = root instanceof JacksonException json && json.getLocation() != null
                ? " at line " + json.getLocation().getLineNr()
                : "";
        return refused(Refusal.malformed(ours ? root(failure) : "the body is no JSON of the documented form" + where));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> answer = super.handleExceptionInternal(failure, body, headers, status, request);
        if (answer == null || !(answer.getBody() instanceof ProblemDetail document)) {
            return answer;
        }
        String detail = document.getDetail() == null ? "" : document.getDetail();
        HttpStatus known = HttpStatus.valueOf(status.value());
        document.setType(Refusal.document(known, name(known), known.getReasonPhrase(), detail)
                .getType());
        document.setDetail(SafeText.line(detail));
        return answer;
    }

    private static String name(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "not-found";
            case METHOD_NOT_ALLOWED -> "method-not-allowed";
            case NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE -> "media-type";
            case CONTENT_TOO_LARGE -> "too-large";
            default -> status.is4xxClientError() ? "malformed" : "internal";
        };
    }

    private static String root(Exception failure) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
    }
}
