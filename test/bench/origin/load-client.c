/*
 * Load client of bench:origin. One thread, epoll, keep-alive connections; bodies are discarded in the kernel (MSG_TRUNC), so
 * that the client is not what is measured.
 *
 *   load-client closed PORT CONNECTIONS SECONDS PATH...          ask again as soon as an answer is whole, paths in turn
 *   load-client poll   PORT STATIONS SECONDS PERIOD_MS LIST PATH...  every PERIOD_MS: LIST, then the segment of that period
 *
 * Prints one line of JSON. An answer that is not 200 counts as an error.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_BYTES = 8192, SKIP_BYTES = 1 << 20, MOST_PATHS = 256 };

struct connection {
  int fd;
  int busy;        /* a request is under way */
  int step;        /* poll: 0 the list, 1 the segment */
  int path;        /* closed: next path */
  int head_length; /* bytes of the head read so far */
  int in_body;
  int64_t left;    /* bytes of the body still to come */
  double asked_at, due_at;
  char head[HEAD_BYTES];
};

static int epoll_fd, port, request_count, paths;
static char *requests[MOST_PATHS], *list_request;
static int64_t bytes, answers, lists, errors, late, missed, cycles;
static float *list_ms, *cycle_ms;
static int64_t list_room, cycle_room;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void stop(const char *why) {
  fprintf(stderr, "load-client: %s: %s\n", why, strerror(errno));
  exit(1);
}

static char *request_of(const char *path) {
  char *text = NULL;
  if (asprintf(&text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", path, port) < 0) stop("asprintf");
  return text;
}

static void note(float **all, int64_t *room, int64_t count, double ms) {
  if (count >= *room) {
    *room = *room ? *room * 2 : 65536;
    *all = realloc(*all, (size_t)*room * sizeof(float));
    if (!*all) stop("realloc");
  }
  (*all)[count] = (float)ms;
}

static void open_connection(struct connection *c) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (c->fd < 0) stop("socket");
  int one = 1;
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  for (int tries = 0; connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0; tries++) {
    if (tries == 100) stop("connect");
    usleep(20000);
  }
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &event) < 0) stop("epoll_ctl");
  c->busy = c->in_body = c->head_length = 0;
}

static void ask(struct connection *c, const char *request) {
  size_t length = strlen(request);
  c->busy = 1;
  c->in_body = 0;
  c->head_length = 0;
  c->asked_at = now();
  if (send(c->fd, request, length, MSG_NOSIGNAL) != (ssize_t)length) {
    errors++;
    close(c->fd);
    open_connection(c);
  }
}

/* Reads what is there; 1 when the answer is whole, 0 when more is to come, -1 when the connection broke. */
static int take(struct connection *c) {
  for (;;) {
    if (!c->in_body) {
      ssize_t n = recv(c->fd, c->head + c->head_length, (size_t)(HEAD_BYTES - 1 - c->head_length), MSG_DONTWAIT);
      if (n < 0) return errno == EAGAIN ? 0 : -1;
      if (n == 0) return -1;
      c->head_length += (int)n;
      c->head[c->head_length] = 0;
      char *end = strstr(c->head, "\r\n\r\n");
      if (!end) {
        if (c->head_length == HEAD_BYTES - 1) return -1;
        continue;
      }
      char *length = strcasestr(c->head, "\r\ncontent-length:");
      if (strncmp(c->head, "HTTP/1.1 200", 12) != 0) errors++;
      if (!length || length > end) return -1;
      int64_t body = strtoll(length + 17, NULL, 10);
      int64_t here = c->head_length - (end + 4 - c->head);
      bytes += body;
      c->left = body - here;
      c->in_body = 1;
    }
    if (c->left <= 0) return 1;
    size_t want = c->left < SKIP_BYTES ? (size_t)c->left : SKIP_BYTES;
    ssize_t n = recv(c->fd, NULL, want, MSG_DONTWAIT | MSG_TRUNC);
    if (n < 0) return errno == EAGAIN ? 0 : -1;
    if (n == 0) return -1;
    c->left -= n;
  }
}

static int ascending(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

static double part(const float *sorted, int64_t count, double share) {
  if (count == 0) return 0;
  int64_t at = (int64_t)((double)count * share);
  return sorted[at < count ? at : count - 1];
}

static void closed(struct connection *all, int count, double seconds) {
  double begin = now(), end = begin + seconds;
  struct epoll_event events[512];
  for (int i = 0; i < count; i++) {
    all[i].path = i % paths;
    ask(&all[i], requests[all[i].path]);
  }
  while (now() < end) {
    int n = epoll_wait(epoll_fd, events, 512, 100);
    for (int i = 0; i < n; i++) {
      struct connection *c = events[i].data.ptr;
      int done = take(c);
      if (done == 0) continue;
      if (done < 0) {
        errors++;
        close(c->fd);
        open_connection(c);
      } else {
        note(&list_ms, &list_room, answers, (now() - c->asked_at) * 1000);
        answers++;
      }
      c->path = (c->path + 1) % paths;
      ask(c, requests[c->path]);
    }
  }
  double took = now() - begin;
  /* What arrived of answers that are not whole counts too. */
  for (int i = 0; i < count; i++)
    if (all[i].in_body && all[i].left > 0) bytes -= all[i].left;
  qsort(list_ms, (size_t)answers, sizeof(float), ascending);
  printf("{\"seconds\":%.3f,\"answers\":%lld,\"bytes\":%lld,\"errors\":%lld,\"p50Ms\":%.3f,\"p99Ms\":%.3f}\n", took,
         (long long)answers, (long long)bytes, (long long)errors, part(list_ms, answers, 0.5), part(list_ms, answers, 0.99));
}

static void poll_stations(struct connection *all, int count, double seconds, double period) {
  struct epoll_event events[512];
  double begin = now() + 0.1, end = begin + seconds;
  int64_t next = 0; /* station next % count is due at begin + next * period / count */
  int running = 0;
  while (now() < end + period && (now() < end || running > 0)) {
    double t = now(), due;
    while ((due = begin + (double)next * period / count) <= t && due < end) {
      struct connection *c = &all[next % count];
      if (c->busy) missed++;
      else {
        c->step = 0;
        c->due_at = due;
        running++;
        ask(c, list_request);
      }
      next++;
    }
    int wait = due < end ? (int)((due - now()) * 1000) : 20;
    int n = epoll_wait(epoll_fd, events, 512, wait < 0 ? 0 : wait > 50 ? 50 : wait);
    for (int i = 0; i < n; i++) {
      struct connection *c = events[i].data.ptr;
      int done = take(c);
      if (done == 0) continue;
      if (done < 0) {
        errors++;
        close(c->fd);
        open_connection(c);
        running--;
        continue;
      }
      if (c->step == 0) {
        note(&list_ms, &list_room, lists, (now() - c->asked_at) * 1000);
        lists++;
        c->step = 1;
        ask(c, requests[(int)((c->due_at - begin) / period) % paths]);
        continue;
      }
      double took = now() - c->due_at;
      note(&cycle_ms, &cycle_room, cycles, took * 1000);
      cycles++;
      if (took > period) late++;
      c->busy = 0;
      running--;
    }
  }
  missed += running;
  double took = now() - begin;
  qsort(list_ms, (size_t)lists, sizeof(float), ascending);
  qsort(cycle_ms, (size_t)cycles, sizeof(float), ascending);
  printf("{\"seconds\":%.3f,\"cycles\":%lld,\"late\":%lld,\"missed\":%lld,\"bytes\":%lld,\"errors\":%lld,"
         "\"listP50Ms\":%.3f,\"listP99Ms\":%.3f,\"p50Ms\":%.3f,\"p99Ms\":%.3f,\"maxMs\":%.3f}\n",
         took, (long long)cycles, (long long)late, (long long)missed, (long long)bytes, (long long)errors,
         part(list_ms, lists, 0.5), part(list_ms, lists, 0.99), part(cycle_ms, cycles, 0.5), part(cycle_ms, cycles, 0.99),
         part(cycle_ms, cycles, 1));
}

int main(int argc, char **argv) {
  int polls = argc > 1 && strcmp(argv[1], "poll") == 0;
  int first = polls ? 7 : 5;
  if (argc <= first) {
    fprintf(stderr, "load-client closed PORT CONNECTIONS SECONDS PATH... | poll PORT STATIONS SECONDS PERIOD_MS LIST PATH...\n");
    return 2;
  }
  port = atoi(argv[2]);
  request_count = atoi(argv[3]);
  double seconds = atof(argv[4]);
  if (polls) list_request = request_of(argv[6]);
  for (int i = first; i < argc && paths < MOST_PATHS; i++) requests[paths++] = request_of(argv[i]);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  epoll_fd = epoll_create1(0);
  struct connection *all = calloc((size_t)request_count, sizeof *all);
  if (!all) stop("calloc");
  for (int i = 0; i < request_count; i++) open_connection(&all[i]);
  if (polls) poll_stations(all, request_count, seconds, atof(argv[5]) / 1000);
  else closed(all, request_count, seconds);
  return 0;
}
