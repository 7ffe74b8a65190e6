# layers.awk - every #include of src/ against layers.txt.
#
# awk -f layers.awk layers.txt FILE...   (files relative to src/)
# Prints one line for each breach.

function room_of(path, room) {
    room = path
    sub(/\/[^\/]*$/, "", room)
    return room
}

function allowed(from, to, n, list, i) {
    if (from == to)
        return 1
    n = split(may[from], list, " ")
    for (i = 1; i <= n; i++)
        if (list[i] == to)
            return 1
    return 0
}

function check_own(header, to) {
    to = room_of(header)
    if (to ~ /^(config\.h|build-aux)/ || header == "config.h")
        return
    if (!(to in may)) {
        print FILENAME ":" FNR ": no such room: " header
        return
    }
    if (!allowed(room, to))
        print FILENAME ":" FNR ": " room " may not include " to
    else if (header ~ /_internal\.h$/ && to != room)
        print FILENAME ":" FNR ": " header " is private to " to
}

function check_library(header, door, best, n, list, i) {
    best = ""
    for (door in doors)
        if (index(header, door) == 1 && length(door) > length(best))
            best = door
    if (best == "")
        return
    if (FILENAME ~ /\.h$/ && FILENAME !~ /_internal\.h$/)
        print FILENAME ":" FNR ": a face header includes " header
    n = split(doors[best], list, " ")
    for (i = 1; i <= n; i++)
        if (index(FILENAME, list[i]) == 1)
            return
    print FILENAME ":" FNR ": " header " has its door in " doors[best]
}

FILENAME ~ /layers\.txt$/ {
    if ($1 == "room" || $1 == "door") {
        name = $2
        sub(/:$/, "", name)
        rest = $0
        sub(/^[^:]*: */, "", rest)
        if ($0 !~ /: /)
            rest = ""
        if ($1 == "room")
            may[name] = rest
        else
            doors[name] = rest
    }
    next
}

FNR == 1 {
    room = room_of(FILENAME)
    if (!(room in may))
        print FILENAME ": its folder is no room of layers.txt"
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    header = $0
    sub(/^[^"]*"/, "", header)
    sub(/".*/, "", header)
    check_own(header)
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    check_library(header)
}
