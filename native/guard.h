// Turns what a body throws into a status and a message of this thread.
#pragma once

#include <c10/util/Exception.h>

#include <new>
#include <string>

#include "rubato_torch.h"

namespace rubato {

std::string& last_error();
rt_status fail(rt_status status, const char* message) noexcept;
rt_status fail(const c10::Error& error) noexcept;

template <typename Body>
rt_status guarded(Body&& body) noexcept {
  try {
    body();
    return RT_OK;
  } catch (const c10::Error& error) {
    return fail(error);
  } catch (const std::bad_alloc& error) {
    return fail(RT_OUT_OF_MEMORY, error.what());
  } catch (const std::exception& error) {
    return fail(RT_OTHER_ERROR, error.what());
  } catch (...) {
    return fail(RT_OTHER_ERROR, "an exception of unknown type");
  }
}

} // namespace rubato
