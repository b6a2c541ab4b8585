package phr.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionSettingsTest {

    private static final String ISSUER = "https://id.example/realms/phr";
    private static final String BASE = "https://phr.example/fhir";

    @Test
    void good_settings_are_good() {
        assertTrue(new ProductionSettings(ISSUER, BASE, "Zr8…long").faults().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8180/realms/phr", "http://localhost:8180/realms/phr", "http://[::1]:8180/x"})
    void plain_http_is_for_this_machine(String issuer) {
        assertTrue(new ProductionSettings(issuer, BASE, "Zr8…long").faults().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example/realms/phr",
                "http://10.0.0.7/x",
                "http://127.evil.example/x",
                "ftp://127.0.0.1/x"
            })
    void plain_http_is_for_nobody_else(String address) {
        assertEquals(
                1, new ProductionSettings(address, BASE, "Zr8…long").faults().size());
        assertEquals(
                1, new ProductionSettings(ISSUER, address, "Zr8…long").faults().size());
    }

    @ParameterizedTest
    @CsvSource({"''", "postgres", "Secret", "changeme"})
    void a_sample_password_is_none(String password) {
        String fault = new ProductionSettings(ISSUER, BASE, password).faults().get(0);
        assertEquals("quarkus.datasource.password is a sample", fault);
    }
}
