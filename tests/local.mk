# Golden cases are found by the runner; unit tests are one program a module.
if HAVE_CMOCKA
endif
