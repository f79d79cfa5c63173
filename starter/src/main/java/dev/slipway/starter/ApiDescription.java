package dev.slipway.starter;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /openapi.json} says of all routes: who may use them and how they refuse. The routes themselves are read off. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    private static final String TOKEN = "token";
    private static final String PROBLEM = "ProblemDetail";

    @Bean
    OpenAPI api() {
        return new OpenAPI()
                .info(new Info()
                        .title("Slipway")
                        .version("v1")
                        .description("Releases, asked for and shown. docs/api.md says what each route means."));
    }

    @Bean
    GlobalOpenApiCustomizer ofAllRoutes() {
        return api -> {
            Components components = api.getComponents();
            components.addSecuritySchemes(
                    TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
            components.addSchemas(PROBLEM, problem());
            api.getPaths()
                    .forEach((path, item) -> item.readOperations().forEach(operation -> {
                        operation.setSecurity(
                                path.equals(AuthenticationFilter.SIGNED)
                                        ? List.of()
                                        : List.of(new SecurityRequirement().addList(TOKEN)));
                        refuses(operation);
                    }));
        };
    }

    private static Schema<Object> problem() {
        Schema<Object> problem = new Schema<>();
        for (String text : List.of("type", "title", "detail", "instance", "next")) {
            problem.addProperty(text, new StringSchema());
        }
        problem.addProperty("status", new IntegerSchema());
        problem.addProperty("problems", new ArraySchema().items(reference("Problem")));
        return problem;
    }

    private static Schema<Object> reference(String name) {
        Schema<Object> reference = new Schema<>();
        reference.set$ref("#/components/schemas/" + name);
        return reference;
    }

    private static void refuses(Operation operation) {
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("a problem, RFC 9457; its type is one of those in docs/api.md")
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType().schema(reference(PROBLEM)))));
    }
}
