/*
 * log - warnings and notices to stderr, "program: warning: text", where the
 * program is glibc's program_invocation_short_name: cli/command puts the name
 * of the command that runs behind it.
 */
#ifndef MIEN_BASE_LOG_H
#define MIEN_BASE_LOG_H

void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_notice(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
