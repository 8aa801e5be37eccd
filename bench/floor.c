/* The floor: the least that an echo server can do on Linux. One thread, nothing looked at, nothing kept.
 *
 *   floor tcp    epoll(7), level-triggered: one read, one write
 *   floor udp    recvmmsg(2) and sendmmsg(2), up to 64 datagrams a call
 *
 * Listens on a free port of 127.0.0.1, prints it, and runs until it is ended. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BATCH 64
#define DATAGRAM 2048
#define READ 65536

static void must(int fine, const char *what) {
    if (!fine) {
        perror(what);
        exit(1);
    }
}

static int listening(int type) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof at;
    int fd = socket(AF_INET, type, 0);
    must(fd >= 0 && !bind(fd, (struct sockaddr *)&at, length), "bind");
    must(!(type & SOCK_STREAM) || !listen(fd, 1024), "listen");
    must(!getsockname(fd, (struct sockaddr *)&at, &length), "getsockname");
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return fd;
}

static void watch(int epoll, int fd) {
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = fd};
    must(!epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &interest), "epoll_ctl");
}

static void admit(int epoll, int listener) {
    int on = 1, fd = accept4(listener, NULL, NULL, 0);
    if (fd >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(epoll, fd);
    }
}

static void echo(int fd) {
    static char bytes[READ];
    ssize_t length = read(fd, bytes, sizeof bytes);
    ssize_t sent = 0;
    while (sent < length) {
        ssize_t more = write(fd, bytes + sent, length - sent);
        if (more <= 0) break;
        sent += more;
    }
    if (length <= 0 || sent < length) close(fd);
}

static void tcp(void) {
    static struct epoll_event ready[256];
    int listener = listening(SOCK_STREAM), epoll = epoll_create1(0);
    watch(epoll, listener);
    for (;;) {
        int count = epoll_wait(epoll, ready, 256, -1);
        for (int i = 0; i < count; i++) {
            int fd = ready[i].data.fd;
            if (fd == listener)
                admit(epoll, listener);
            else
                echo(fd);
        }
    }
}

static void udp(void) {
    static char bytes[BATCH][DATAGRAM];
    static struct sockaddr_in peers[BATCH];
    static struct iovec places[BATCH];
    static struct mmsghdr batch[BATCH];
    int fd = listening(SOCK_DGRAM);
    for (int i = 0; i < BATCH; i++) {
        places[i].iov_base = bytes[i];
        batch[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_iov = &places[i], .msg_iovlen = 1};
    }
    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            places[i].iov_len = DATAGRAM;
            batch[i].msg_hdr.msg_namelen = sizeof peers[i];
        }
        int count = recvmmsg(fd, batch, BATCH, MSG_WAITFORONE, NULL);
        for (int i = 0; i < count; i++) places[i].iov_len = batch[i].msg_len;
        for (int sent = 0; sent < count;) {
            int more = sendmmsg(fd, batch + sent, count - sent, 0);
            sent += more > 0 ? more : 1;
        }
    }
}

int main(int count, char **words) {
    if (count == 2 && !strcmp(words[1], "tcp")) tcp();
    if (count == 2 && !strcmp(words[1], "udp")) udp();
    fprintf(stderr, "usage: floor tcp|udp\n");
    return 2;
}
