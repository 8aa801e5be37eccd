package io.echorack;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The house's floor plan, as a test: which room may import what.
final class HouseTest {
    private static final String HOUSE = "io.echorack";

    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String NETTY = "io.netty..";
    private static final String JDBC = "java.sql..";

    private static final List<Room> ROOMS =
            List.of(
                    room("model").using("com.google.re2j.."),
                    room("json", "model").using(JACKSON),
                    room("wire", "model")
                            .using(NETTY, "org.bouncycastle..", "com.sun.management.."),
                    room("echo", "model", "wire", "json").using(NETTY),
                    room("client", "model", "wire").using(NETTY, "org.HdrHistogram.."),
                    room("traffic", "model", "json").using("org.agrona.."),
                    room("rack", "model"),
                    room("store", "model", "json").using(JDBC, "org.sqlite.."),
                    room("fleet", "model", "json").using("io.nats.client.."),
                    room("http", "model", "json", "rack", "traffic", "client")
                            .using(
                                    "io.javalin..",
                                    "kotlin..",
                                    "org.eclipse.jetty..",
                                    "jakarta.servlet..",
                                    "gg.jte..",
                                    "io.micrometer.."));

    /// What every room may use besides the JDK.
    private static final List<String> EVERYWHERE =
            List.of(
                    "org.slf4j..",
                    "org.jspecify.annotations..",
                    "com.google.errorprone.annotations..");

    /// Parts of the JDK that are not for every room, or for none.
    private static final String[] NOT_EVERYWHERE = {JDBC, "java.util.logging.."};

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(HOUSE);

    static Stream<Room> rooms() {
        return ROOMS.stream();
    }

    @Test
    void theTestSeesTheProgram() {
        assertFalse(CLASSES.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomImportsOnlyWhatTheTableGrantsIt(Room room) {
        classes()
                .that()
                .resideInAPackage(room.packages())
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax..")
                                .and(not(resideInAnyPackage(NOT_EVERYWHERE)))
                                .or(resideInAnyPackage(room.granted())))
                .because("HOUSE's table says so")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void theStaircaseSeesEveryRoomAndNoOtherLibraryThanPicocli() {
        classes()
                .that()
                .resideInAPackage(HOUSE)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "picocli..", HOUSE + "..")
                                .and(not(resideInAnyPackage(NOT_EVERYWHERE)))
                                .or(resideInAnyPackage(EVERYWHERE.toArray(String[]::new))))
                .check(CLASSES);
    }

    @Test
    void noRoomSeesTheStaircase() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + ".*..")
                .should()
                .dependOnClassesThat(resideInAPackage(HOUSE))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClassLivesInARoomOfTheTable() {
        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(HOUSE), rooms().map(Room::packages))
                                .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircles() {
        slices().matching(HOUSE + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked =
                Stream.concat(
                                Stream.of(CLASSES.getPackage(HOUSE)),
                                CLASSES.getPackage(HOUSE).getSubpackagesInTree().stream())
                        .filter(one -> !one.getClasses().isEmpty())
                        .filter(one -> !one.getName().contains(".generated"))
                        .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .toList();
        assertEquals(List.of(), unmarked);
    }

    @Test
    void onlyMainSpeaksToTheTerminal() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(HOUSE + ".Main")
                .should(ACCESS_STANDARD_STREAMS)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void logsGoThroughSlf4j() {
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    @Test
    void nothingWaitsBySleeping() {
        noClasses()
                .should()
                .callMethodWhere(
                        targetOwner(belongToAnyOf(Thread.class, TimeUnit.class))
                                .and(target(name("sleep"))))
                .check(CLASSES);
    }

    private static Room room(String name, String... mayImport) {
        return new Room(name, List.of(mayImport), List.of());
    }

    /// A row of the table: a package, the packages of ours that it may import, and the libraries.
    record Room(String name, List<String> neighbours, List<String> libraries) {
        Room using(String... libraries) {
            return new Room(name, neighbours, List.of(libraries));
        }

        String packages() {
            return HOUSE + "." + name + "..";
        }

        String[] granted() {
            return Stream.of(
                            Stream.of(packages()),
                            neighbours.stream().map(one -> HOUSE + "." + one + ".."),
                            libraries.stream(),
                            EVERYWHERE.stream())
                    .flatMap(one -> one)
                    .toArray(String[]::new);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
