/* stick - with the virtual joystick that SDL can plug in. */
#include <config.h>

#include "annotate/play/stick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <SDL.h>

#include <cmocka.h>

static void a_stick_is_plugged_in_moved_and_pulled_out(void **state)
{
    struct stick_state now;
    struct error err;
    struct stick *stick = stick_open(&err);
    SDL_Joystick *device;
    int number;

    (void)state;
    if (!stick)
        fail_msg("%s", err.text);
    assert_false(stick_read(stick, &now));
    assert_false(now.plugged);
    number =
        SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, 2, 0, 0);
    assert_true(number >= 0);
    assert_true(stick_read(stick, &now));
    assert_true(now.plugged && now.x == 0 && now.y == 0);
    assert_false(stick_read(stick, &now)); /* nothing new */
    device = SDL_JoystickOpen(number);
    assert_int_equal(SDL_JoystickSetVirtualAxis(device, 0, 32767), 0);
    assert_int_equal(SDL_JoystickSetVirtualAxis(device, 1, -32768), 0);
    assert_true(stick_read(stick, &now));
    assert_true(now.x == 1);
    assert_true(now.y > 0.999 && now.y <= 1.0);
    SDL_JoystickSetVirtualAxis(device, 0, -16384);
    SDL_JoystickSetVirtualAxis(device, 1, 0);
    assert_true(stick_read(stick, &now));
    assert_true(now.x > -0.51 && now.x < -0.49);
    SDL_JoystickClose(device);
    assert_int_equal(SDL_JoystickDetachVirtual(number), 0);
    assert_true(stick_read(stick, &now));
    assert_false(now.plugged);
    stick_close(stick);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stick_is_plugged_in_moved_and_pulled_out),
    };
    SDL_version version;

    SDL_GetVersion(&version);
    if (version.major == 2 && version.minor == 0 && version.patch < 14) {
        printf("1..0 # SKIP SDL has no virtual joysticks\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
