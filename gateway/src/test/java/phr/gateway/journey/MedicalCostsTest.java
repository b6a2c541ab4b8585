package phr.gateway.journey;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phr.gateway.Cast;
import phr.gateway.Stack;
import phr.gateway.Tokens;

/** What she paid, as the notice of her insurer lists it: found by month, read, deleted, and not for her clinic. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class MedicalCostsTest {

    private static final byte[] NOTICE = """
            診療年月,医療機関名,医療費の総額,窓口負担額,日数
            2025-03,見本医院,12340,3702,2
            2025-04,見本薬局,2400,720,1
            """.getBytes(StandardCharsets.UTF_8);

    @Test
    void a_list_of_costs_is_found_by_month_and_by_status() {
        Citizen citizen = Citizen.named("citizen-73");
        citizen.uploads(NOTICE).statusCode(201);

        citizen.searches("ExplanationOfBenefit", Map.of("status", "active")).body("entry", hasSize(2));
        String march = citizen.searches("ExplanationOfBenefit", Map.of("created", "2025-03", "_total", "accurate"))
                .statusCode(200)
                .body("total", equalTo(1))
                .body("entry.resource.provider.display", contains("見本医院"))
                .extract()
                .path("entry[0].resource.id");
        String identifier = citizen.reads("ExplanationOfBenefit/" + march)
                .statusCode(200)
                .extract()
                .path("identifier[0].value");
        citizen.searches("ExplanationOfBenefit", Map.of("identifier", "urn:phr:derived-key|" + identifier))
                .body("entry.resource.id", contains(march));
        citizen.searches("ExplanationOfBenefit", Map.of("disposition", "x")).statusCode(400);

        Clinic clinic = Clinic.sakura();
        String patient = citizen.introducesHerselfTo(Clinic.SAKURA);
        Cast.grant(Tokens.citizen("citizen-73", "patient/*.cruds"), Cast.SAKURA_MAY_READ);
        clinic.searches("ExplanationOfBenefit", patient, Map.of())
                .statusCode(200)
                .body("entry", nullValue());
        clinic.reads("ExplanationOfBenefit/" + march).statusCode(404);

        citizen.asks().delete("/fhir/ExplanationOfBenefit/" + march).then().statusCode(204);
        citizen.reads("ExplanationOfBenefit/" + march).statusCode(410);
        citizen.searches("ExplanationOfBenefit", Map.of("created", "2025-03")).body("entry", nullValue());
    }
}
