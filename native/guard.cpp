#include "guard.h"

#include <cstring>

namespace rubato {

std::string& last_error() {
  thread_local std::string message;
  return message;
}

rt_status fail(rt_status status, const char* message) noexcept {
  try {
    last_error() = message;
  } catch (...) {
    // No memory even for the message: the status alone has to do.
  }
  return status;
}

rt_status fail(const c10::Error& error) noexcept {
  const char* message = error.what_without_backtrace();
  rt_status status = RT_LIBTORCH_ERROR;
  if (dynamic_cast<const c10::IndexError*>(&error) != nullptr) {
    status = RT_INDEX_ERROR;
  } else if (dynamic_cast<const c10::TypeError*>(&error) != nullptr) {
    status = RT_TYPE_ERROR;
  } else if (dynamic_cast<const c10::ValueError*>(&error) != nullptr) {
    status = RT_VALUE_ERROR;
  } else if (dynamic_cast<const c10::NotImplementedError*>(&error) != nullptr) {
    status = RT_NOT_IMPLEMENTED;
  } else if (
      dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr ||
      // The CPU allocator throws the base class.
      std::strstr(message, "can't allocate memory") != nullptr || std::strstr(message, "not enough memory") != nullptr) {
    status = RT_OUT_OF_MEMORY;
  }
  return fail(status, message);
}

} // namespace rubato
