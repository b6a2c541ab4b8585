package phr.fhir.normalise.checkup;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;
import phr.fhir.fixtures.Checkup;
import phr.fhir.fixtures.CheckupZip;
import phr.fhir.fixtures.Checkups;
import phr.fhir.fixtures.Fault;
import phr.fhir.fixtures.People;
import phr.fhir.jp.Generation;

/**
 * Generated documents against the official schema files, which the project does not ship: runs where
 * {@code phr.reference.data} names a folder that has them.
 */
@EnabledIfSystemProperty(named = "phr.reference.data", matches = ".+")
class OfficialSchemaTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void aGeneratedDocumentIsValid(String name, Checkup checkup) throws SAXException {
        Schema schema = schema("hc08_V08.xsd");

        assertDoesNotThrow(() -> validate(schema, checkup.xml()));
    }

    @Test
    void aGeneratedIndexIsValid() throws SAXException {
        Schema schema = schema("ix08_V08.xsd");
        byte[] index = CheckupZip.of(Checkups.hanako2025()).index().getBytes(StandardCharsets.UTF_8);

        assertDoesNotThrow(() -> validate(schema, index));
    }

    @Test
    void theSchemaRejectsRson1() throws SAXException {
        Schema schema = schema("hc08_V08.xsd");
        byte[] document = Checkups.hanako2025().with(Fault.RSON1).xml();

        assertThrows(SAXException.class, () -> validate(schema, document));
    }

    static Stream<Arguments> documents() {
        Stream<Arguments> ready = Stream.of(
                Arguments.of("Hanako 2025", Checkups.hanako2025()),
                Arguments.of("Hanako 2019", Checkups.hanako2019()),
                Arguments.of("Taro 2025", Checkups.taro2025()),
                Arguments.of(
                        "Ryoko, Shift_JIS",
                        Checkups.everyItem(People.RYOKO, Generation.FY2024, 7).shiftJis()),
                Arguments.of(
                        "Shige, two organisations",
                        Checkup.of(People.SHIGE)
                                .writtenBy("1310000027")
                                .codeSystems()
                                .item("9N001000000000001", "148.0")
                                .label("身長")));
        Stream<Arguments> every = Stream.of(Generation.values()).flatMap(table -> Stream.of(1L, 2L, 3L)
                .map(seed -> Arguments.of(
                        "every item of " + table + ", seed " + seed, Checkups.everyItem(People.HANAKO, table, seed))));
        return Stream.concat(ready, every);
    }

    private static Schema schema(String name) throws SAXException {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory.newSchema(Path.of(System.getProperty("phr.reference.data"), "mhlw-xsd", name)
                .toFile());
    }

    private static void validate(Schema schema, byte[] document) throws SAXException, IOException {
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
    }
}
