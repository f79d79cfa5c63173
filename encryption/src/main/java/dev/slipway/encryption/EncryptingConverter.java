package dev.slipway.encryption;

import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.SerializationContext;
import java.util.List;

/** Encrypts payloads, and messages and stack traces of failures; but not that a key is missing, which must be read without one. */
final class EncryptingConverter extends CodecDataConverter {
    private static final StackTraceElement[] NO_STACK = {};

    private final DataConverter plain;
    private final PayloadCodec codec;
    private final boolean failures;

    EncryptingConverter(DataConverter plain, PayloadCodec codec, boolean failures) {
        super(plain, List.of(codec), failures);
        this.plain = plain;
        this.codec = codec;
        this.failures = failures;
    }

    @Override
    public Failure exceptionToFailure(Throwable thrown) {
        return UnreadablePayloadException.in(thrown)
                .map(this::readable)
                .orElseGet(() -> super.exceptionToFailure(thrown));
    }

    @Override
    public CodecDataConverter withContext(SerializationContext context) {
        return new EncryptingConverter(plain.withContext(context), codec, failures);
    }

    private Failure readable(UnreadablePayloadException trouble) {
        ApplicationFailure failure = ApplicationFailure.newFailure(
                String.valueOf(trouble.getMessage()), UnreadablePayloadException.class.getSimpleName());
        failure.setStackTrace(NO_STACK);
        return plain.exceptionToFailure(failure);
    }
}
