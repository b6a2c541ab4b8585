package phr.gateway.openapi;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import phr.gateway.Http;
import phr.gateway.Stack;

/** Every address of the gateway stands in the public document, with what it may answer. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class OpenApiTest {

    /** One method of an endpoint. */
    private record Address(String path, String method, boolean open) {}

    @Test
    void every_address_is_in_the_document_with_its_answers() {
        Map<String, Map<String, Map<String, Object>>> paths = Http.anonymous()
                .get("/openapi?format=json")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("PHR gateway"))
                .extract()
                .path("paths");
        List<Address> addresses = addresses();
        assertTrue(addresses.size() > 25);
        List<String> missing = new ArrayList<>();
        for (Address address : addresses) {
            Map<String, Object> operation =
                    paths.getOrDefault(address.path(), Map.of()).get(address.method());
            if (operation == null || !answers(operation, address.open())) {
                missing.add(address.method() + " " + address.path());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void bodies_of_the_consent_interface_are_described() {
        Http.anonymous()
                .get("/openapi?format=json")
                .then()
                .body(
                        "paths.'/consents/requests'.post.requestBody.content.'application/json'.schema.$ref",
                        containsString("AskBody"))
                .body(
                        "paths.'/consents/requests'.post.responses.'422'.content.'application/problem+json'.schema.$ref",
                        equalTo("#/components/schemas/Problem"))
                .body(
                        "paths.'/fhir/Patient/{id}/$everything'.get.responses.'403'.content.'application/fhir+json'.schema.$ref",
                        equalTo("#/components/schemas/OperationOutcome"));
    }

    @SuppressWarnings("unchecked")
    private static boolean answers(Map<String, Object> operation, boolean open) {
        Map<String, Object> responses = (Map<String, Object>) operation.getOrDefault("responses", Map.of());
        boolean success = responses.keySet().stream().anyMatch(status -> status.startsWith("2"));
        return success && responses.containsKey("default") && open != responses.containsKey("401");
    }

    private static List<Address> addresses() {
        return CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(Bean::getBeanClass)
                .filter(type ->
                        type.isAnnotationPresent(Path.class) && type.getName().startsWith("phr."))
                .distinct()
                .flatMap(OpenApiTest::addresses)
                .toList();
    }

    private static Stream<Address> addresses(Class<?> endpoint) {
        String root = endpoint.getAnnotation(Path.class).value();
        return Stream.of(endpoint.getDeclaredMethods()).flatMap(method -> Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> address(root, method, type.getAnnotation(HttpMethod.class))));
    }

    private static Address address(String root, Method method, HttpMethod verb) {
        Path path = method.getAnnotation(Path.class);
        String whole = root + (path == null ? "" : path.value().startsWith("/") ? path.value() : "/" + path.value());
        return new Address(
                withoutPatterns(whole),
                verb.value().toLowerCase(Locale.ROOT),
                method.isAnnotationPresent(PermitAll.class));
    }

    /** {@code /{id: [0-9]{1,6}}} is {@code /{id}} in the document. */
    private static String withoutPatterns(String template) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        boolean pattern = false;
        for (char c : template.toCharArray()) {
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            pattern = depth > 0 && (pattern || c == ':');
            if (!pattern) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
