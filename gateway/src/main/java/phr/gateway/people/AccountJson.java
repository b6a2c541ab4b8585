package phr.gateway.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.normalise.Account;

/** The stored form of an account, before it is sealed. */
final class AccountJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AccountJson() {}

    static byte[] write(Account account) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", account.name());
        node.put("kana", account.kana());
        node.put("gender", account.gender().toCode());
        node.put(
                "birthDate",
                account.birthDate() == null ? null : account.birthDate().toString());
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    static Account read(PersonId person, byte[] json) {
        try {
            JsonNode node = JSON.readTree(json);
            String birthDate = text(node, "birthDate");
            return new Account(
                    person,
                    text(node, "name"),
                    text(node, "kana"),
                    gender(text(node, "gender")),
                    birthDate == null ? null : LocalDate.parse(birthDate));
        } catch (IOException e) {
            throw new UncheckedIOException("an account that was sealed here is JSON", e);
        }
    }

    private static AdministrativeGender gender(@Nullable String code) {
        return code == null ? AdministrativeGender.UNKNOWN : AdministrativeGender.fromCode(code);
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }
}
