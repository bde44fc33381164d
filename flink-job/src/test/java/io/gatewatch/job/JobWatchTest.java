package io.gatewatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.cluster.JobView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JobWatchTest {
    private final Throwable databaseGone =
            new RuntimeException("task failed", new IOException("Connection refused"));

    private final List<String> said = new ArrayList<>();
    private JobView job = new JobView(false, JobView.NEVER, null);
    private final JobWatch watch = new JobWatch(() -> job, "restored from chk-7", said::add);

    @Test
    void shouldSayOnceThatTheJobRuns() throws Exception {
        watch.look();
        assertThat(said).isEmpty();
        assertThat(watch.isRunning()).isFalse();

        job = new JobView(true, JobView.NEVER, null);
        watch.look();
        watch.look();

        assertThat(said).containsExactly("running, restored from chk-7");
        assertThat(watch.isRunning()).isTrue();
    }

    @Test
    void shouldSayWhyTheJobStartsAgain() throws Exception {
        job = new JobView(true, JobView.NEVER, null);
        watch.look();
        job = new JobView(false, 1_000, databaseGone);
        watch.look();
        watch.look();
        job = new JobView(true, 1_000, databaseGone);
        watch.look();

        assertThat(said)
                .containsExactly(
                        "running, restored from chk-7",
                        "failed, starts again: Connection refused",
                        "running, from the newest checkpoint");
    }

    @Test
    void shouldSayOnceWhyItCannotStart() throws Exception {
        job = new JobView(false, 1_000, databaseGone);
        watch.look();
        job = new JobView(false, 2_000, databaseGone);
        watch.look();
        job = new JobView(false, 3_000, new IOException("Access denied"));
        watch.look();

        assertThat(said)
                .containsExactly(
                        "failed, starts again: Connection refused",
                        "failed, starts again: Access denied");
    }

    @Test
    void shouldNoticeAFailureThatWasOverBeforeItLooked() throws Exception {
        job = new JobView(true, JobView.NEVER, null);
        watch.look();
        job = new JobView(true, 1_000, databaseGone);

        watch.look();

        assertThat(said).hasSize(3).last().isEqualTo("running, from the newest checkpoint");
    }

    @Test
    void shouldStopFollowingWhenItIsOver() throws Exception {
        CompletableFuture<Void> over = new CompletableFuture<>();
        JobWatch ending =
                new JobWatch(
                        () -> {
                            over.complete(null);
                            return job;
                        },
                        "",
                        said::add);

        ending.follow(over, Long.MAX_VALUE);

        assertThat(over).isDone();
    }
}
