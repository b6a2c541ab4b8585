package phr.gateway;

import static io.restassured.config.EncoderConfig.encoderConfig;

import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.parsing.Parser;
import io.restassured.specification.RequestSpecification;

/** Requests as clients of the gateway send them: FHIR JSON in UTF-8. */
public final class Http {

    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(encoderConfig()
                    .defaultContentCharset("UTF-8")
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/fhir+json", ContentType.JSON));

    static {
        RestAssured.registerParser("application/fhir+json", Parser.JSON);
        RestAssured.registerParser("application/problem+json", Parser.JSON);
    }

    private Http() {}

    public static RequestSpecification anonymous() {
        return RestAssured.given().config(CONFIG);
    }

    public static RequestSpecification as(String token) {
        return anonymous().auth().oauth2(token);
    }

    /** With the header that every access to a record needs. */
    public static RequestSpecification as(String token, String purpose) {
        return as(token).header("Purpose-Of-Use", purpose);
    }
}
