package io.gatewatch.scenarios;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the layering of CONTRIBUTING.md true, over the compiled classes of every module. */
class ArchitectureTest {
    private static final String[] DOMAIN = {
        "io.gatewatch.wire..",
        "io.gatewatch.packet..",
        "io.gatewatch.capture..",
        "io.gatewatch.traffic.."
    };

    private static JavaClasses production;

    @BeforeAll
    static void importClasses() throws IOException {
        List<Path> folders = classFolders();
        production = new ClassFileImporter().importPaths(folders);
        assertThat(production).as("classes of %s", folders).hasSizeGreaterThan(100);
    }

    private static List<Path> classFolders() throws IOException {
        try (Stream<Path> modules = Files.list(Checkout.root())) {
            // What measures the others looks into all of them, and none of them knows it.
            return modules.filter(module -> !module.endsWith("benchmarks"))
                    .map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldKeepTheDomainFreeOfEverythingButTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.io..",
                        "java.math..",
                        "java.nio..",
                        "java.security..",
                        "java.time..",
                        "java.util..",
                        DOMAIN[0],
                        DOMAIN[1],
                        DOMAIN[2],
                        DOMAIN[3])
                .check(production);
    }

    @Test
    void shouldKeepClocksAndThreadsOutOfTheDomain() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(production);
    }

    @ParameterizedTest(name = "{0} does not depend on {1}")
    @CsvSource({
        "io.gatewatch.wire.., io.gatewatch.packet..",
        "io.gatewatch.wire.., io.gatewatch.capture..",
        "io.gatewatch.wire.., io.gatewatch.traffic..",
        "io.gatewatch.packet.., io.gatewatch.wire..",
        "io.gatewatch.packet.., io.gatewatch.capture..",
        "io.gatewatch.packet.., io.gatewatch.traffic..",
        "io.gatewatch.capture.., io.gatewatch.traffic..",
        "io.gatewatch.traffic.., io.gatewatch.capture..",
        "io.gatewatch.traffic.., io.gatewatch.packet..",
        "io.gatewatch.dns.., io.gatewatch.capture..",
        "io.gatewatch.dns.., io.gatewatch.packet..",
        "io.gatewatch.traffic.., io.gatewatch.dns..",
        "io.gatewatch.agent.., io.gatewatch.dns..",
        "io.gatewatch.agent.., io.gatewatch.traffic..",
        "io.gatewatch.agent.., io.gatewatch.job..",
        "io.gatewatch.job.., io.gatewatch.agent..",
        "io.gatewatch.sql.., io.gatewatch.job..",
        "io.gatewatch.demo.., io.gatewatch.job..",
        "io.gatewatch.demo.., io.gatewatch.agent.."
    })
    void shouldKeepLayersApart(String from, String to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(to)
                .check(production);
    }

    @ParameterizedTest(name = "only {1} uses {0}")
    @CsvSource({
        "org.pcap4j.., io.gatewatch.agent.capture..",
        "org.apache.kafka.clients.producer.., io.gatewatch.agent.publish..|io.gatewatch.job.deadletter..",
        "org.flywaydb.., io.gatewatch.sql..",
        "ch.vorburger.., io.gatewatch.demo.."
    })
    void shouldConfineLibraries(String library, String users) {
        noClasses()
                .that()
                .resideOutsideOfPackages(users.split("\\|", -1))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(production);
    }

    @Test
    void shouldConfineFlinkToTheJob() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.gatewatch.job..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.flink..")
                .check(production);
    }

    @Test
    void shouldKeepComponentsFreeOfCycles() {
        slices().matching("io.gatewatch.(*)..").should().beFreeOfCycles().check(production);
    }

    /** A package and those below it may know each other: the registry and the entries in it. */
    @ParameterizedTest(name = "packages below {0}")
    @ValueSource(strings = {"agent", "capture", "job", "packet", "traffic"})
    void shouldKeepSiblingPackagesFreeOfCycles(String component) {
        slices().matching("io.gatewatch." + component + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(production);
    }
}
