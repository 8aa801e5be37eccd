/* Loads an echo server on 127.0.0.1 and says what each echoed message cost it.
 *
 *   load tcp|udp PORT CONNECTIONS BYTES DEPTH WARM_MS COUNTED_MS PID
 *
 * Closed loop, one thread: each connection sends DEPTH messages of BYTES bytes (the last a line feed) in one go, waits until all
 * are back, looks that they are what was sent, and sends again. After WARM_MS, messages and the CPU time of the process PID and
 * its children are counted over the same COUNTED_MS. A datagram that is not back after 200 ms is lost. Prints one line of JSON;
 * latencies are those of a whole go. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST_PROCESSES 1024
#define LATENCIES (1 << 20)
#define NANOS 1000000000LL
#define LOST_NANOS 200000000LL

struct connection {
    int fd;
    long back;
    long long sent_at;
};

static int udp, count, depth;
static long bytes, batch;
static char *sent, *received;
static struct connection *connections;
static clockid_t clocks[MOST_PROCESSES];
static int clock_count;
static long long *latencies;
static long latency_count, messages, lost;
static int counting;

static void must(int fine, const char *what) {
    if (!fine) {
        fprintf(stderr, "load: %s: %s\n", what, errno ? strerror(errno) : "not as it should be");
        exit(1);
    }
}

static long long read_clock(clockid_t which) {
    struct timespec now;
    return clock_gettime(which, &now) ? 0 : now.tv_sec * NANOS + now.tv_nsec;
}

static long long now(void) {
    return read_clock(CLOCK_MONOTONIC);
}

static void find_processes(int pid) {
    char name[64];
    must(!clock_getcpuclockid(pid, &clocks[clock_count++]), "the server's clock");
    snprintf(name, sizeof name, "/proc/%d/task/%d/children", pid, pid);
    FILE *children = fopen(name, "r");
    int child;
    while (children && clock_count < MOST_PROCESSES && fscanf(children, "%d", &child) == 1)
        if (!clock_getcpuclockid(child, &clocks[clock_count])) clock_count++;
    if (children) fclose(children);
}

static long long cpu_nanos(void) {
    long long sum = 0;
    for (int i = 0; i < clock_count; i++) sum += read_clock(clocks[i]);
    return sum;
}

static void open_all(int port, int epoll) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    for (int i = 0; i < count; i++) {
        int fd = socket(AF_INET, udp ? SOCK_DGRAM : SOCK_STREAM, 0);
        must(!connect(fd, (struct sockaddr *)&to, sizeof to), "connect");
        if (!udp) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event interest = {.events = EPOLLIN, .data.ptr = &connections[i]};
        must(!epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &interest), "epoll_ctl");
        connections[i].fd = fd;
    }
}

static void send_go(struct connection *one) {
    one->back = 0;
    one->sent_at = now();
    if (udp)
        for (int i = 0; i < depth; i++) send(one->fd, sent + i * bytes, bytes, 0);
    else
        must(send(one->fd, sent, batch, 0) == batch, "send");
}

/* What came must be the next bytes of what was sent. */
static void receive(struct connection *one) {
    long room = udp ? bytes + 1 : batch - one->back + 1;
    ssize_t got = recv(one->fd, received, room, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == ECONNREFUSED)) return;
    must(got > 0, "recv");
    errno = 0;
    must(one->back + got <= batch && !memcmp(received, sent + one->back, got), "an answer");
    one->back += got;
    if (one->back < batch) return;
    if (counting) {
        messages += depth;
        if (latency_count < LATENCIES) latencies[latency_count++] = now() - one->sent_at;
    }
    send_go(one);
}

static void resend_lost(long long at) {
    for (int i = 0; i < count; i++)
        if (at - connections[i].sent_at > LOST_NANOS) {
            if (counting) lost += depth - connections[i].back / bytes;
            while (recv(connections[i].fd, received, batch, MSG_DONTWAIT) > 0) {}
            send_go(&connections[i]);
        }
}

static void run(int epoll, long long until) {
    static struct epoll_event ready[256];
    long long at = now(), looked = at;
    while (at < until) {
        int arrived = epoll_wait(epoll, ready, 256, 10);
        for (int i = 0; i < arrived; i++) receive(ready[i].data.ptr);
        at = now();
        if (udp && at - looked > LOST_NANOS / 4) {
            looked = at;
            resend_lost(at);
        }
    }
}

static int by_size(const void *a, const void *b) {
    long long one = *(const long long *)a, other = *(const long long *)b;
    return (one > other) - (one < other);
}

int main(int words, char **word) {
    if (words != 9) {
        fprintf(stderr, "usage: load tcp|udp PORT CONNECTIONS BYTES DEPTH WARM_MS COUNTED_MS PID\n");
        return 2;
    }
    udp = !strcmp(word[1], "udp");
    count = atoi(word[3]);
    bytes = atol(word[4]);
    depth = atoi(word[5]);
    batch = bytes * depth;
    sent = malloc(batch);
    received = malloc(batch + 1);
    connections = calloc(count, sizeof *connections);
    latencies = malloc(LATENCIES * sizeof *latencies);
    for (long i = 0; i < batch; i++) sent[i] = i % bytes == bytes - 1 ? '\n' : 'a' + i % 26;

    int epoll = epoll_create1(0);
    open_all(atoi(word[2]), epoll);
    for (int i = 0; i < count; i++) send_go(&connections[i]);
    run(epoll, now() + atol(word[6]) * 1000000LL);

    find_processes(atoi(word[8]));
    long long begun = now(), cpu = cpu_nanos();
    counting = 1;
    run(epoll, begun + atol(word[7]) * 1000000LL);
    cpu = cpu_nanos() - cpu;
    double seconds = (double)(now() - begun) / NANOS;
    errno = 0;
    must(latency_count > 0, "no message came back");
    qsort(latencies, latency_count, sizeof *latencies, by_size);
    printf("{\"messages\": %ld, \"cpuNanos\": %lld, \"perSecond\": %.0f, \"p50Micros\": %.1f, \"p99Micros\": %.1f, \"lost\": %ld}\n",
           messages, cpu, messages / seconds, latencies[latency_count / 2] / 1e3, latencies[latency_count * 99 / 100] / 1e3, lost);
    return 0;
}
