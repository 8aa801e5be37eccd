package io.echorack.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.echorack.model.Ceilings;
import io.echorack.model.Problem;
import io.echorack.model.run.Aim;
import io.echorack.model.run.Run;
import io.echorack.model.run.RunSpec;
import io.echorack.model.run.RunStore;
import io.echorack.wire.Sockets;
import io.echorack.wire.Transport;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// The runs: those under way, and the newest of those that have ended, which the store keeps.
///
/// Thread: any. A run itself is a `client-io` loop's, which never waits for the disk.
public final class Runs implements AutoCloseable {
    private static final int MOST_LOOPS = 4;
    private static final Duration ENDING = Duration.ofSeconds(1);

    private final RunStore store;
    private final Transport transport;
    private final Sockets sockets;
    private final EventLoopGroup loops;
    private final AtomicLong changes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<Integer, Course> courses = new TreeMap<>();

    @GuardedBy("lock")
    private int last;

    public Runs(Transport transport, Sockets sockets, RunStore store) {
        this.transport = transport;
        this.sockets = sockets;
        this.store = store;
        int processors = Runtime.getRuntime().availableProcessors();
        loops = transport.loops("client-io", Math.min(processors, MOST_LOOPS));
    }

    /// Finds the kept runs back.
    public void load() {
        List<Run> kept = store.runs();
        int lastNumber = store.lastNumber();
        lock.lock();
        try {
            last = lastNumber;
            for (Run run : kept) {
                courses.put(
                        run.number(),
                        Course.past(
                                run.ended("The program ended, and with it its figures."), changes));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Begins a run; a `Problem` where it can't be.
    public Run start(RunSpec spec, Aim aim) {
        Course course = place(spec, aim, new PingPong(loops.next(), transport, sockets, spec, aim));
        Run run = course.run();
        try {
            store.keep(run, List.of());
        } catch (RuntimeException unkept) {
            remove(run.number());
            throw unkept;
        }
        course.begin(this::keep);
        return course.run();
    }

    /// All, oldest first.
    public List<Run> all() {
        return snapshot().stream().map(Course::run).toList();
    }

    public Optional<Run> find(String id) {
        return findCourse(id).map(Course::run);
    }

    public Run run(String id) {
        return course(id).run();
    }

    /// The run when it has ended, or as it is when that takes too long.
    public Run await(String id, Duration patience) {
        Course course = course(id);
        course.await(patience);
        return course.run();
    }

    /// Ends a run that is under way, and says how it ended.
    public Run stop(String id) {
        Course course = course(id);
        course.stop("Stopped by hand.");
        course.await(ENDING);
        return course.run();
    }

    public void delete(String id) {
        Run run = stop(id);
        remove(run.number());
        store.forget(run.number());
        changes.incrementAndGet();
    }

    /// Rises with every change of any run.
    public long changes() {
        return changes.get();
    }

    /// The runs, each with the change that it has come to.
    public Map<String, Long> revisions() {
        Map<String, Long> revisions = new LinkedHashMap<>();
        snapshot().forEach(course -> revisions.put(course.run().id(), course.revision()));
        return revisions;
    }

    @Override
    public void close() {
        List<Course> open = snapshot();
        open.forEach(course -> course.stop("The program ended."));
        open.forEach(course -> course.await(ENDING));
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// Gives it a number, if there is room.
    private Course place(RunSpec spec, Aim aim, PingPong pingPong) {
        lock.lock();
        try {
            if (courses.values().stream().filter(Course::underWay).count() >= Ceilings.RUNS) {
                throw new Problem(
                        Problem.Code.LIMIT_REACHED,
                        "%,d runs are under way already; stop one, or wait for its end."
                                .formatted(Ceilings.RUNS));
            }
            last++;
            Course course =
                    Course.of(Run.of(last, spec, aim, pingPong.report()), pingPong, changes);
            courses.put(last, course);
            return course;
        } finally {
            lock.unlock();
        }
    }

    /// Keeps a run that has ended, and lets go of the oldest where there are too many.
    private void keep(Run run) {
        List<Integer> old = new ArrayList<>();
        lock.lock();
        try {
            List<Integer> ended =
                    courses.values().stream()
                            .filter(course -> !course.underWay())
                            .map(course -> course.run().number())
                            .toList();
            old.addAll(ended.subList(0, Math.max(0, ended.size() - Ceilings.KEPT_RUNS)));
            old.forEach(courses::remove);
            if (!courses.containsKey(run.number())) {
                return;
            }
        } finally {
            lock.unlock();
        }
        store.keep(run, old);
        changes.incrementAndGet();
    }

    private void remove(int number) {
        lock.lock();
        try {
            courses.remove(number);
        } finally {
            lock.unlock();
        }
    }

    private Course course(String id) {
        return findCourse(id)
                .orElseThrow(() -> Problem.notFound("There is no run \"" + id + "\"."));
    }

    private Optional<Course> findCourse(String id) {
        return snapshot().stream().filter(course -> course.run().id().equals(id)).findFirst();
    }

    private List<Course> snapshot() {
        lock.lock();
        try {
            return List.copyOf(courses.values());
        } finally {
            lock.unlock();
        }
    }
}
